/* The only script of the pages, and none of them needs it: copy buttons, a print button, tables
   wider than the screen that the arrow keys can scroll, forms that are sent once, figures that
   follow the money until one bids them stand still, and long work that says how far it is. */
(function () {
  document.documentElement.classList.add("js");

  function copied(button) {
    var before = button.textContent;
    button.textContent = button.dataset.copied || before;
    window.setTimeout(function () { button.textContent = before; }, 2000);
  }

  function reach(box) {
    var isWide = box.scrollWidth > box.clientWidth;
    if (isWide) box.setAttribute("tabindex", "0"); else box.removeAttribute("tabindex");
  }

  function reachAll() { document.querySelectorAll(".table-scroll").forEach(reach); }
  document.addEventListener("DOMContentLoaded", reachAll);
  window.addEventListener("resize", reachAll);
  document.addEventListener("toggle", reachAll, true);

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) { window.print(); return; }
    navigator.clipboard.writeText(button.dataset.copy).then(function () { copied(button); });
  });

  // A second click while the answer is on its way is no second order. A file that is saved leaves the
  // page as it stands: then the form is free again by itself.
  function tell(form, isBusy) {
    var words = form.querySelector("[data-busy]");
    if (words) words.hidden = !isBusy;
  }
  function free(form) { form.removeAttribute("aria-busy"); tell(form, false); }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.getAttribute("aria-busy")) { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    tell(form, true);
    // A large file is on its way for longer than a page takes to answer.
    window.setTimeout(free, form.querySelector("[data-busy]") ? 120000 : 10000, form);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[aria-busy]").forEach(free);
  });

  // While somebody looks, ask again; the server answers "not modified" until money moved.
  function follow(box) {
    var isHeld = false;
    var button = document.querySelector("[data-hold]");
    if (button) button.addEventListener("click", function () {
      var other = button.dataset.hold;
      isHeld = !isHeld;
      button.dataset.hold = button.textContent;
      button.textContent = other;
    });
    window.setInterval(function () {
      if (isHeld || document.hidden || box.querySelector("details[open]")) return;
      fetch(box.dataset.live, { credentials: "same-origin" })
        .then(function (answer) { return answer.ok ? answer.text() : null; })
        .then(function (text) { if (text && text !== box.innerHTML) box.innerHTML = text; })
        .catch(function () {});
    }, 20000);
  }
  document.querySelectorAll("[data-live]").forEach(follow);

  // Long work is asked after until it is done or stands still; five times without an answer, and the
  // page says so. What is read aloud is said at each tenth and at the end, not at each step.
  var OFTEN = 1500, LOST = 5;

  function accompany(box) {
    var now = box.querySelector("[data-now]"), said = box.querySelector("[data-said]");
    var silent = 0, tenth = -1;

    function state() { return now.querySelector("[data-state]").dataset.state; }

    function say() {
      var bar = now.querySelector("progress");
      var reached = bar ? Math.floor(10 * bar.position) : -1;
      if (reached === tenth && state() === "running") return;
      tenth = reached;
      said.textContent = now.querySelector("[data-sentence]").textContent;
    }

    function end() { box.setAttribute("data-over", ""); }

    function show(text) {
      silent = 0;
      if (text !== now.innerHTML) now.innerHTML = text;
      say();
      if (state() === "running") again(); else if (state() === "stopped") end();
    }

    function miss() {
      silent += 1;
      if (silent < LOST) { again(); return; }
      said.className = "";
      said.textContent = box.dataset.lost;
      end();
    }

    function ask() {
      if (document.hidden) { again(); return; }
      fetch(box.dataset.work, {
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-Requested-With": "fetch" }
      }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      }).then(show).catch(miss);
    }

    function again() { window.setTimeout(ask, OFTEN * (1 + silent)); }

    if (state() === "running") again();
  }
  document.querySelectorAll("[data-work]").forEach(accompany);
})();
