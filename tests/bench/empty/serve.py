"""Serves the empty app on the port given, started just like the product."""

import sys
from pathlib import Path

import streamlit as st
import uvicorn

from dashboard.server import lifespan, tuned

if __name__ == "__main__":
    app = st.App(Path(__file__).with_name("app.py"), lifespan=lifespan)
    uvicorn.Server(tuned(app, "127.0.0.1", int(sys.argv[1]))).run()
