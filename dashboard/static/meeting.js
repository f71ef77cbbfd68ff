// 会议模式 by keyboard or remote control: the keys press the page's own buttons.
// → PageDown space: next; ← PageUp: previous; Home, End: first, last; a number and Enter: jump.
(() => {
  "use strict";
  const PAUSE = 4000; // a number begun and not finished is forgotten
  const TYPED = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"], [role="dialog"]';
  const PRESSED = "button, a, summary";
  const WAYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back" };

  let digits = "";
  let waiting = 0;
  let sign = null;

  const button = (name) => document.querySelector(`.st-key-meeting_${name} button`);
  const field = () => document.querySelector(".st-key-meeting_jump input");

  const show = () => {
    clearTimeout(waiting);
    if (!digits) {
      sign?.remove();
      sign = null;
      return;
    }
    if (!sign) {
      sign = document.body.appendChild(document.createElement("div"));
      sign.className = "g-jump";
    }
    sign.textContent = `跳到第${digits}项，按回车`;
    waiting = setTimeout(() => {
      digits = "";
      show();
    }, PAUSE);
  };

  // React notices a value only when it is set past its own property.
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const jump = (number) => {
    const to = field();
    if (!to) return;
    const last = Number(to.max) || number;
    to.focus();
    set.call(to, String(Math.min(Math.max(number, 1), last)));
    to.dispatchEvent(new Event("input", { bubbles: true }));
    to.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
    to.blur();
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!button("next") || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (target.closest?.(TYPED)) return;
    if ((key === " " || key === "Enter") && !digits && target.closest?.(PRESSED)) return;
    if (/^[0-9]$/.test(key)) {
      digits = (digits + key).slice(-3);
      show();
    } else if (key === "Enter" && digits) {
      const number = Number(digits);
      digits = "";
      show();
      jump(number);
    } else if (key === "Escape" && digits) {
      digits = "";
      show();
    } else if (key === "Home" || key === "End") {
      jump(key === "Home" ? 1 : 999);
    } else if (Object.hasOwn(WAYS, key)) {
      button(WAYS[key]).click();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // A button pressed by the mouse keeps the focus, and would take the next space for itself.
  document.addEventListener("click", ({ target, detail }) => {
    if (!button("next")) return;
    if (detail) target.closest?.('[data-testid="stMain"] button')?.blur();
    // A form that opens below the screen comes into view.
    const main = target.closest?.("summary") && document.querySelector('[data-testid="stMain"]');
    if (main) setTimeout(() => main.scrollTo({ top: main.scrollHeight, behavior: "smooth" }), 350);
  });
})();
