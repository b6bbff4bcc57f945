// Show beside a field of the mapping what stands in the column that is chosen for it.
"use strict";

document.addEventListener("change", function (event) {
  const choice = event.target;
  if (!(choice instanceof HTMLSelectElement) || !choice.dataset.sampleIn) return;
  const place = document.getElementById(choice.dataset.sampleIn);
  const found = Array.from(document.querySelectorAll("[data-heading]")).find(function (one) {
    return one.dataset.heading === choice.value;
  });
  if (place) place.textContent = found ? found.textContent : "";
});
