// A copy sheet: one button a field. Each press copies its value, marks it, and goes on to the next button.
"use strict";

(function () {
  function copied(text, field) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Without https a browser has no clipboard for scripts; what is selected in a field can still be copied.
    field.focus();
    field.select();
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  document.addEventListener("DOMContentLoaded", function () {
    const sheet = document.querySelector("[data-sheet]");
    if (!sheet) return;
    document.documentElement.classList.add("can-copy-fields");
    const status = document.getElementById("sheet-status");
    const buttons = Array.from(sheet.querySelectorAll(".sheet-copy"));
    // With a button for each value the tabulator need not stop at the value too.
    document.querySelectorAll("[data-sheet] input, [data-sheet] textarea, #field-row").forEach(function (one) {
      one.tabIndex = -1;
    });

    function mark(button) {
      button.textContent = button.dataset.copied;
      button.setAttribute("aria-label", sheet.dataset.done.replace("{label}", button.dataset.label));
      button.classList.add("sheet-copied");
    }

    // Only which buttons were pressed is kept, for this tab and this state of the case; never a value.
    const key = "sheet/" + sheet.dataset.sheet;
    const pressed = new Set(JSON.parse(window.sessionStorage.getItem(key) || "[]"));
    buttons.forEach(function (button) {
      if (pressed.has(button.dataset.from)) mark(button);
    });

    document.addEventListener("click", function (event) {
      const button = event.target instanceof Element ? event.target.closest(".sheet-copy") : null;
      if (!button) return;
      const field = document.getElementById(button.dataset.from);
      copied(field.value, field).then(
        function () {
          mark(button);
          const next = buttons[buttons.indexOf(button) + 1];
          let told = sheet.dataset.done.replace("{label}", button.dataset.label);
          if (!("aside" in button.dataset)) {
            pressed.add(button.dataset.from);
            window.sessionStorage.setItem(key, JSON.stringify(Array.from(pressed)));
            told += next ? sheet.dataset.next.replace("{label}", next.dataset.label) : sheet.dataset.end;
          }
          status.textContent = told;
          (next && !("aside" in button.dataset) ? next : button).focus();
        },
        function () {
          status.textContent = sheet.dataset.failed;
          field.focus();
          field.select();
        }
      );
    });
  });
})();
