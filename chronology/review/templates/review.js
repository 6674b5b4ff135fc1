'use strict';
document.documentElement.classList.add('js');
document.addEventListener('DOMContentLoaded', () => {
const $ = id => document.getElementById(id);
const isTyping = el => el.closest('input:not([type=checkbox]):not([type=radio]), textarea, select');

/* Questions by keyboard: each key presses the button or follows the link that names it. */
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const at = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!at || event.repeat) return;
  event.preventDefault();
  at.click();
});

/* One press, one decision. */
for (const form of document.querySelectorAll('form')) form.addEventListener('submit', event => {
  if ('again' in form.dataset) return; /* A download leaves the page as it is. */
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = '1';
  form.classList.add('sent');
  if ($('busy') && form.id === 'adding') $('busy').hidden = false;
});
window.addEventListener('pageshow', event => { if (event.persisted) location.reload(); });

/* Files dropped on the box are as if chosen. */
const drop = $('drop');
if (drop) {
  const input = $('chosen'), said = $('picked');
  const show = () => {
    const names = [...input.files].map(file => file.name);
    said.textContent = names.length ? (names.length === 1 ? '1 file: ' : names.length + ' files: ') + names.join(', ') : 'No file chosen yet.';
  };
  input.addEventListener('change', show);
  for (const kind of ['dragenter', 'dragover']) drop.addEventListener(kind, event => { event.preventDefault(); drop.classList.add('over'); });
  for (const kind of ['dragleave', 'drop']) drop.addEventListener(kind, () => drop.classList.remove('over'));
  drop.addEventListener('drop', event => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
    $('add').focus();
  });
  /* A file that misses the box must not open in the place of this page. */
  for (const kind of ['dragover', 'drop']) window.addEventListener(kind, event => event.preventDefault());
}

/* What another program removed from the case does not stay on the screen; words half written do. */
const isTyped = at => at.type === 'checkbox' || at.type === 'radio' ? at.checked !== at.defaultChecked : at.value !== at.defaultValue;
const isChosen = at => at.selectedIndex !== Math.max([...at.options].findIndex(option => option.defaultSelected), 0);
const isWritten = () => document.querySelector('[data-typed]') !== null
  || [...document.querySelectorAll('textarea, input:not([type=hidden])')].some(isTyped)
  || [...document.querySelectorAll('select')].some(isChosen);
if (document.body.dataset.era) setInterval(() => fetch('/state').then(answer => answer.json()).then(state => {
  if (String(state.era) !== document.body.dataset.era && !isWritten()) location.reload();
}).catch(() => {}), 10000);

/* While the records are compared, look again until they are. */
const waiting = $('comparing');
if (waiting) {
  const look = () => fetch('/state').then(answer => answer.json()).then(state => {
    if (!state.comparing && isWritten()) waiting.querySelector('b').textContent = 'The records have been compared.';
    else if (!state.comparing) location.reload();
    else setTimeout(look, 1500);
  }).catch(() => {});
  setTimeout(look, 1500);
}
});
