/* The only script of the pages, and none of them needs it: copy buttons and a print button. */
(function () {
  document.documentElement.classList.add("js");

  function copied(button) {
    var before = button.textContent;
    button.textContent = button.dataset.copied || before;
    window.setTimeout(function () { button.textContent = before; }, 2000);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) { window.print(); return; }
    navigator.clipboard.writeText(button.dataset.copy).then(function () { copied(button); });
  });
})();
