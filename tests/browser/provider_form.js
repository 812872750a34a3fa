/* What stands in for the payment provider's script: the same calls, a frame from the provider's host
   that one types into, and its answer, asked for at the provider's address. */
window.Stripe = function (key, options) {
  window.opened = { key: key, locale: options.locale };
  return {
    elements: function (told) {
      return {
        secret: told.clientSecret,
        create: function (kind) {
          var heard = {};
          window.opened.kind = kind;
          return {
            on: function (name, follow) { heard[name] = follow; },
            mount: function (box) {
              var frame = document.createElement("iframe");
              frame.title = "Carta (controfigura)";
              frame.src = "https://js.stripe.com/frame.html";
              frame.addEventListener("load", function () { if (heard.ready) heard.ready(); });
              box.appendChild(frame);
            },
          };
        },
      };
    },
    confirmPayment: function (told) {
      var intent = told.elements.secret.split("_secret_")[0];
      return fetch("https://api.stripe.com/v1/payment_intents/" + intent + "/confirm", { method: "POST" })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) {
          if (answer.error) return answer;
          window.location.assign(told.confirmParams.return_url + "?payment_intent=" + intent);
          return new Promise(function () {});
        });
    },
  };
};
