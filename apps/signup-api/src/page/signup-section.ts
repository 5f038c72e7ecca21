import type { Problem } from '#contracts';
import { html } from './html.js';
import type { SafeHtml } from './html.js';
import { capitalise, renderOutcome } from './signup-outcome.js';
import type { PageView } from './page.view.js';
import type { TraceLink } from './trace-link.js';

type FieldErrors = NonNullable<Problem['errors']>;

const PREVIEW_CHOICES = ['Yes', 'No'] as const;
/** As in the original form; it ends up in the table. */
const THEME = 'default';

/** The form and what became of it; the page's script replaces this section with the one of the answer. */
export function signupSection(view: PageView, traceLink: TraceLink): SafeHtml {
  const { outcome } = view;
  const isStored = outcome?.kind === 'created' || outcome?.problem.id !== undefined;
  // Sending what is stored once more would only be refused as a duplicate.
  const input = isStored ? {} : view.input;
  const errors = outcome?.kind === 'failed' ? (outcome.problem.errors ?? []) : [];
  return html`<section id="sign-up" class="card" aria-labelledby="sign-up-title">
    <h2 id="sign-up-title">${isStored ? 'Sign somebody else up' : 'Be the first to know'}</h2>
    ${outcome && renderOutcome(outcome, traceLink)}
    <form action="/signup" method="post" id="sign-up-form">
      ${textField({ id: 'name', label: 'Name', type: 'text', autocomplete: 'name', maxLength: 200 }, input.name, errors)}
      ${textField({ id: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', maxLength: 254 }, input.email, errors)}
      ${previewField(input.previewAccess ?? 'Yes', errors)}
      <input type="hidden" name="theme" value="${THEME}" />
      <button class="button" type="submit">Sign up</button>
    </form>
  </section>`;
}

interface TextField {
  id: 'name' | 'email';
  label: string;
  type: 'text' | 'email';
  autocomplete: string;
  maxLength: number;
}

function textField(field: TextField, value: string | undefined, errors: FieldErrors): SafeHtml {
  const { id, label, type, autocomplete, maxLength } = field;
  const described = describedBy(id, errors);
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${id}"
      type="${type}"
      autocomplete="${autocomplete}"
      maxlength="${maxLength}"
      required
      value="${value}"
      ${described}
    />
    ${fieldError(id, errors)}
  </div>`;
}

function previewField(chosen: string, errors: FieldErrors): SafeHtml {
  const choices = PREVIEW_CHOICES.map((choice, index) => {
    // The summary's link leads to the first one.
    const id = index === 0 ? 'previewAccess' : `previewAccess-${choice}`;
    return html`<label class="choice" for="${id}"
      ><input
        id="${id}"
        name="previewAccess"
        type="radio"
        value="${choice}"
        ${chosen === choice && html` checked`}
      />
      ${choice}</label
    >`;
  });
  return html`<fieldset class="field" ${describedBy('previewAccess', errors)}>
    <legend>Interested in preview access?</legend>
    <div class="choices">${choices}</div>
    ${fieldError('previewAccess', errors)}
  </fieldset>`;
}

/** `aria-invalid` belongs to inputs alone; on a group of radio buttons the description has to do. */
function describedBy(field: string, errors: FieldErrors): SafeHtml | false {
  if (!errors.some((error) => error.field === field)) return false;
  const described = html` aria-describedby="${field}-error"`;
  return field === 'previewAccess' ? described : html`${described} aria-invalid="true"`;
}

function fieldError(field: string, errors: FieldErrors): SafeHtml | false {
  const reasons = errors.filter((error) => error.field === field).map((error) => capitalise(error.reason));
  return reasons.length > 0 && html`<p class="field-error" id="${field}-error">${reasons.join('; ')}</p>`;
}
