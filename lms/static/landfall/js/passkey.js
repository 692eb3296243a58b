// Passkeys. A form with data-passkey="create" or "get" asks the machine before it is sent, and sends what it answers in
// its field `credential`. What to ask for stands in the JSON element named by data-passkey-options, or at the address
// in data-passkey-from. The form is hidden until this script shows it, and [data-passkey-without] stands in its place.

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// The options as the browser takes them: what JSON carries as text is bytes.
function asked(options) {
  const described = (one) => ({ ...one, id: bytes(one.id) });
  const found = { ...options, challenge: bytes(options.challenge) };
  if (options.user) found.user = described(options.user);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) found[list] = options[list].map(described);
  }
  return found;
}

// The machine's answer as JSON carries it.
function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function options(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function ask(form) {
  const found = await options(form);
  const publicKey = asked((found.creation_options ?? found.request_options).publicKey);
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
  form.elements.credential.value = answered(credential);
  form.submit();
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const one of document.querySelectorAll("[data-passkey-without]")) one.remove();
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.hidden = true;
      try {
        await ask(form);
      } catch (error) {
        const known = error.name === "InvalidStateError" && said.dataset.passkeyKnown;
        said.textContent = known || said.dataset.passkeyFailed;
        said.hidden = false;
      }
    });
  }
}
