/* What makes recording quicker where scripts run: a line for each chosen file, a contribution taken
   into the result in place, the form of a list opened and closed. Without it all of it works, too. */
(() => {
  "use strict";

  // A line for each chosen file of a row, named after the file.
  function offerLines(input) {
    const first = input.closest(".proof")?.querySelector(`[name^="proves"]`);
    if (!first) return;
    const lines = [...input.closest(".proof").querySelectorAll(`[name="${first.name}"]`)];
    const files = [...input.files];
    while (lines.length > Math.max(files.length, 1)) {
      if (lines.at(-1).value) break;
      lines.pop().remove();
    }
    while (lines.length < files.length) {
      const line = first.cloneNode();
      line.removeAttribute("id");
      line.removeAttribute("aria-describedby");
      line.value = "";
      lines.at(-1).after(line);
      lines.push(line);
    }
    lines.forEach((line, number) => {
      const name = files[number]?.name;
      line.placeholder = name && files.length > 1 ? name : "";
      if (number) line.setAttribute("aria-label", `Tệp ${name ?? ""} chứng minh điều gì`);
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches(".proof input[type=file]")) offerLines(event.target);
  });

  document.addEventListener("click", (event) => {
    const quote = event.target.closest("[data-quote]");
    if (quote) {
      event.preventDefault();
      const result = quote.form.elements.result;
      result.value = [result.value.trimEnd(), quote.dataset.quote].filter(Boolean).join("\n");
      result.dispatchEvent(new Event("input", { bubbles: true }));
      result.focus();
      return;
    }
    const close = event.target.closest("[data-close]");
    if (close) {
      const place = document.getElementById(close.dataset.close);
      place.replaceChildren();
      document.querySelector(`[hx-target="#${place.id}"]`)?.focus();
    }
  });

  // A form that opened in a list gets the focus at its first field, or at what was refused.
  document.addEventListener("htmx:afterSettle", (event) => {
    const place = event.target;
    const wanted =
      place.querySelector?.(".has-error input, .has-error textarea") ??
      place.querySelector?.("[data-focus], input[type=radio]:checked, textarea");
    wanted?.focus();
  });

  // The session ended: the whole page asks to log in, not a row of it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname === "/dang-nhap/") {
      event.detail.shouldSwap = false;
      location.assign(xhr.responseURL);
    }
  });

  document.addEventListener("htmx:sendError", () => {
    alert("Mất kết nối với máy chủ. Nội dung đồng chí gõ vẫn còn; đồng chí thử gửi lại.");
  });
})();
