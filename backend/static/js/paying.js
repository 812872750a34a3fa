/* The payment provider's own form on the page that pays. Where its script does not come, the page
   says so, and the bank transfer below it works without any. */
(function () {
  var form = document.querySelector("[data-provider-form]");
  var button = form.querySelector("button");
  var opening = form.querySelector("[data-opening]");
  var fault = form.querySelector("[data-fault]");

  function tell(text) {
    opening.hidden = true;
    fault.hidden = !text;
    fault.querySelector("p").textContent = text;
  }

  function work(isBusy) {
    button.disabled = isBusy;
    if (isBusy) form.setAttribute("aria-busy", "true"); else form.removeAttribute("aria-busy");
  }

  if (!window.Stripe) { tell(form.dataset.notLoaded); return; }

  var isDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  var stripe = window.Stripe(form.dataset.key, { locale: form.dataset.language });
  var elements = stripe.elements({
    clientSecret: form.dataset.secret,
    appearance: { theme: isDark ? "night" : "stripe" },
  });
  var element = elements.create("payment");

  element.on("ready", function () { tell(""); form.querySelector("[data-act]").hidden = false; });
  element.on("loaderror", function () { tell(form.dataset.notLoaded); });
  element.mount(form.querySelector("[data-mount]"));

  // The provider's own sentence only where it is about what was typed; it is in the page's language.
  function refused(answer) {
    var isTyped = answer.error && /^(card|validation)_error$/.test(answer.error.type);
    tell(isTyped ? answer.error.message : form.dataset.notMade);
    work(false);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    event.stopPropagation();
    if (button.disabled) return;
    tell("");
    work(true);
    stripe.confirmPayment({ elements: elements, confirmParams: { return_url: form.dataset.return } })
      .then(refused, function () { refused({}); });
  });
})();
