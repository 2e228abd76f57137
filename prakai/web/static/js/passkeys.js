/** Says in words when a passkey does not work; django-allauth's script only writes to the console. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (trouble instanceof HTMLElement) trouble.hidden = false;
});
