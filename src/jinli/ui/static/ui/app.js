// Small helps for pages that work without them: the token for htmx, choosing many rows, copying a value.
"use strict";

(function () {
  function cookie(name) {
    const found = document.cookie.split("; ").find((one) => one.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  document.addEventListener("htmx:configRequest", function (event) {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    event.detail.headers["X-CSRFToken"] = field ? field.value : cookie("csrftoken");
  });

  // A refused form (422) and a conflict (409) are pages to read, not failures to hide.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.xhr.status === 422 || event.detail.xhr.status === 409) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  // <input type="checkbox" data-select-all="name"> chooses all boxes of that name in its form;
  // <output data-select-count="name" data-words="... {count} ..."> says how many.
  function countChosen(form, name) {
    const chosen = form.querySelectorAll('input[name="' + name + '"]:checked').length;
    form.querySelectorAll('[data-select-count="' + name + '"]').forEach(function (place) {
      place.textContent = chosen ? place.dataset.words.replace("{count}", String(chosen)) : place.dataset.none || "";
    });
  }

  document.addEventListener("change", function (event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || !box.form) return;
    const all = box.dataset.selectAll;
    if (all) {
      box.form.querySelectorAll('input[name="' + all + '"]').forEach(function (one) {
        one.checked = box.checked;
      });
    }
    countChosen(box.form, all || box.name);
  });

  // <button data-copy="value" data-copied="words"> is shown only where copying works.
  if (navigator.clipboard) {
    document.documentElement.classList.add("can-copy");
    document.addEventListener("click", function (event) {
      const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
      if (!button) return;
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.textContent = button.dataset.copied;
      });
    });
  }

  // <button data-print> is shown only with script; the page prints well without it too.
  document.documentElement.classList.add("has-script");
  document.addEventListener("click", function (event) {
    if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("DOMContentLoaded", function () {
    const errors = document.querySelector(".form-errors");
    if (errors) errors.focus();
  });
})();
