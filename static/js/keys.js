/* "/" goes to the search, as people know it from elsewhere; a button with data-print prints.
   Never while text is typed: not in a field, not while an input method composes a letter. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.getElementById("search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
