/* Keeps on the server what is typed into a form that carries data-draft (units/drafts.py).
   A text is sent two seconds after the last key, not while an input method is composing a letter,
   and at once when the page is left. Without this script the button "Lưu nháp" does the same. */
(() => {
  "use strict";
  const PAUSE = 2000;
  const states = new WeakMap();

  function stateOf(form) {
    if (!states.has(form)) {
      states.set(form, { timer: 0, composing: false, changed: false, ended: false, sending: null });
    }
    return states.get(form);
  }

  function say(form, words) {
    const place = form.querySelector("[data-draft-state]");
    if (place) place.textContent = words;
  }

  function fields(form) {
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    return typed;
  }

  async function save(form, leaving) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (!state.changed || state.ended) return;
    if (state.composing && !leaving) return;
    state.changed = false;
    state.sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: fields(form),
        headers: { "X-Requested-With": "fetch" },
        keepalive: leaving,
        signal: state.sending.signal,
      });
      if (answer.redirected) {
        state.ended = true;
        say(form, "Phiên làm việc đã hết: nội dung được giữ lại; khi gửi, đồng chí đăng nhập lại.");
      } else if (answer.ok) {
        const now = new Date();
        const two = (number) => String(number).padStart(2, "0");
        say(form, `Đã lưu nháp lúc ${two(now.getHours())}:${two(now.getMinutes())}.`);
      } else {
        say(form, "Chưa lưu nháp được.");
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      state.changed = true;
      say(form, "Mất kết nối: chưa lưu nháp, sẽ thử lại.");
      state.timer = setTimeout(() => save(form, false), 5 * PAUSE);
    }
  }

  function typed(event) {
    const form = event.target.form;
    if (!form || !form.dataset.draft || event.target.type === "file") return;
    const state = stateOf(form);
    state.changed = true;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form, false), PAUSE);
  }

  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("compositionstart", (event) => {
    if (event.target.form) stateOf(event.target.form).composing = true;
  });
  document.addEventListener("compositionend", (event) => {
    if (!event.target.form) return;
    stateOf(event.target.form).composing = false;
    typed(event);
  });
  // Another form of the page is sent after what was typed here has been kept.
  const passed = new WeakSet();
  function keepFirst(event) {
    const unsaved = [...document.querySelectorAll("form[data-draft]")].filter(
      (one) => stateOf(one).changed,
    );
    if (event.defaultPrevented || passed.has(event.target) || !unsaved.length) return;
    event.preventDefault();
    passed.add(event.target);
    Promise.all(unsaved.map((one) => save(one, true))).finally(() =>
      event.target.requestSubmit(event.submitter),
    );
  }
  // What is sent needs no draft; a draft on its way must not come after it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.draft) {
      keepFirst(event);
      return;
    }
    const state = stateOf(form);
    clearTimeout(state.timer);
    state.changed = false;
    state.sending?.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const form of document.querySelectorAll("form[data-draft]")) save(form, true);
  });
  addEventListener("pagehide", () => {
    for (const form of document.querySelectorAll("form[data-draft]")) save(form, true);
  });
})();
