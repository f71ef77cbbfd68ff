"""The smallest Streamlit app with two pages: the floor that the product is measured against."""

import streamlit as st


def one() -> None:
    st.title("一")


def two() -> None:
    st.title("二")


st.navigation(
    [
        st.Page(one, title="一", url_path="one", default=True),
        st.Page(two, title="二", url_path="two"),
    ]
).run()
