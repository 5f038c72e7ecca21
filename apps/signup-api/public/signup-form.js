// Sends the form without leaving the page. The service renders the answer with or without this script; here the
// section of the page is replaced with the one of the answer, so that every message exists once.

const SECTION_ID = 'sign-up';
/** Few and ever slower: each one is a request that shows on the map. */
const STATE_POLL_DELAYS_MS = [500, 1000, 2000, 4000, 8000, 15_000];
const ANSWER_TIMEOUT_MS = 15_000;

export function enhanceForm() {
  // On the document, as the form itself is replaced with each answer.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== 'sign-up-form') return;
    event.preventDefault();
    void submit(form);
  });
  prepareForm();
  void followState();
}

/** The service's reasons are shown in place, so the browser's own bubbles are not needed. */
function prepareForm() {
  const form = document.querySelector('#sign-up-form');
  if (form instanceof HTMLFormElement) form.noValidate = true;
}

/** @param {HTMLFormElement} form */
async function submit(form) {
  const button = form.querySelector('button[type="submit"]');
  // Not `disabled`, which would take the focus away; a second press finds the attribute and does nothing.
  if (!button || button.getAttribute('aria-disabled') === 'true') return;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = 'Signing up…';
  try {
    showAnswer(await send(form));
  } catch {
    showFailure(form);
    button.removeAttribute('aria-disabled');
    button.textContent = 'Sign up';
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<Document>}
 */
async function send(form) {
  // The form has no file, so every value is text.
  const fields = /** @type {[string, string][]} */ ([...new FormData(form)]);
  const response = await fetch(form.action, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** @param {Document} answer */
function showAnswer(answer) {
  const section = document.getElementById(SECTION_ID);
  const answered = answer.getElementById(SECTION_ID);
  if (!section || !answered) throw new Error('the answer is not the page');
  section.replaceWith(document.adoptNode(answered));
  document.title = answer.title;
  prepareForm();
  document.getElementById('outcome')?.focus();
  void followState();
}

/** @param {HTMLFormElement} form */
function showFailure(form) {
  document.getElementById('outcome')?.remove();
  const outcome = document.createElement('div');
  outcome.id = 'outcome';
  outcome.className = 'outcome wrong';
  outcome.tabIndex = -1;
  outcome.setAttribute('role', 'alert');
  outcome.textContent = 'The service did not answer. What you typed is still here: please try again.';
  form.before(outcome);
  outcome.focus();
}

/** Asks what became of the sign-up until it is notified, or until it takes too long. */
async function followState() {
  const line = document.querySelector('[data-state-of]');
  if (!(line instanceof HTMLElement) || !line.dataset.stateOf) return;
  for (const delayMs of STATE_POLL_DELAYS_MS) {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    // Replaced by the next answer meanwhile.
    if (!line.isConnected) return;
    if ((await loadStatus(line.dataset.stateOf)) === 'notified') {
      line.textContent = 'Everybody concerned has been notified.';
      line.classList.add('is-notified');
      return;
    }
  }
  line.textContent = 'It is still waiting to be announced, and will be.';
}

/**
 * @param {string} url
 * @returns {Promise<unknown>} undefined when it cannot be known now
 */
async function loadStatus(url) {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    return response.ok ? (await response.json()).status : undefined;
  } catch {
    return undefined;
  }
}
