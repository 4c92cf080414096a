// What went wrong with a passkey is said on the page, in words, and not in the browser's console alone.
(function () {
  "use strict";
  const words = {
    NotAllowedError: "No passkey was chosen, or it took too long. You can try again.",
    InvalidStateError: "This passkey or security key belongs to your account already.",
    SecurityError: "Passkeys work only at the address that this installation is known by, over a secure connection.",
    NotSupportedError: "This browser or device cannot use passkeys here.",
  };
  document.addEventListener("allauth.error", function (event) {
    const place = document.getElementById("key-problem");
    if (!place) return;
    event.preventDefault();
    const fault = event.detail.exception || {};
    const missing = !window.PublicKeyCredential;
    place.textContent = missing ? words.NotSupportedError : words[fault.name] || "The passkey could not be used. You can try again.";
    place.hidden = false;
  });
})();
