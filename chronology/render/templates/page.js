'use strict';
document.documentElement.classList.add('js');
document.addEventListener('DOMContentLoaded', () => {
const DAY = 864e5;
const $ = id => document.getElementById(id);
const all = (what, within = document) => [...within.querySelectorAll(what)];
const iso = day => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = text => Date.parse(text) / DAY;
const words = (day, form = {day: 'numeric', month: 'long', year: 'numeric'}) =>
  new Date(day * DAY).toLocaleDateString('en-GB', {...form, timeZone: 'UTC'});
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const form = $('filters');
if (!form) return;

const numbers = text => text ? text.split(' ').map(Number) : [];
const months = all('.month').map(section => ({
  section, count: section.querySelector('h3 .n'),
  rows: all('.e', section).map(el => {
    const [start, end, mark, lanes, people, type, state] = el.dataset.r.split(',');
    const first = start ? +start : end ? +end : null;
    return {el, n: +el.id.slice(1), start: first, end: end ? +end : first, mark, lanes: numbers(lanes),
      people: numbers(people), type, state, text: '', fits: true, hidden: false};
  }),
}));
const rows = months.flatMap(month => month.rows);
const rowOf = new Map(rows.map(row => [row.n, row]));

/* What an entry and its accounts say, not the page's own words. Read when the page is at rest. */
const SAID = ':scope > tr:first-child > :not(:last-child), .said, .who, dd';
const text = row => row.text ||= fold(all(SAID, row.el).map(el => el.textContent).join('\n'));
let ready = 0;
const prepare = rest => {
  while (ready < rows.length && rest.timeRemaining() > 2) text(rows[ready++]);
  if (ready < rows.length) later(prepare);
};
const later = window.requestIdleCallback ||
  (run => setTimeout(() => { const end = Date.now() + 20; run({timeRemaining: () => end - Date.now()}); }, 30));
later(prepare);

/* Filters: the form is the state; the address holds a copy that can be kept as a bookmark. */
const read = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
function fill(wanted) {
  for (const el of form.elements) {
    if (!el.name) continue;
    const values = wanted.getAll(el.name);
    if (el.type === 'checkbox') el.checked = values.includes(el.value);
    else if (el.type === 'radio') el.checked = el.value === (values[0] || '');
    else el.value = values[0] || '';
    if (el.selectedIndex < 0) el.selectedIndex = 0;
  }
}
function tester(state) {
  const terms = (fold(state.get('q') || '').match(/["“][^"”]+["”]|\S+/g) || [])
    .map(term => term.replace(/^["“]|["”]$/g, '')).filter(Boolean);
  const lanes = state.getAll('a').map(Number);
  const person = state.has('p') ? +state.get('p') : null;
  const type = state.get('t'), letter = state.get('s');
  const from = state.has('from') ? dayOf(state.get('from')) : -Infinity;
  const to = state.has('to') ? dayOf(state.get('to')) : Infinity;
  const period = state.has('from') || state.has('to');
  return row => (!period || row.start !== null && row.start <= to && row.end >= from) &&
    (!lanes.length || lanes.some(lane => row.lanes.includes(lane))) &&
    (person === null || row.people.includes(person)) &&
    (!type || row.type === type) && (!letter || row.state.includes(letter)) &&
    terms.every(term => text(row).includes(term));
}
const count = n => n.toLocaleString('en-GB');
function described(state) {
  const label = id => $(id).labels[0].textContent.trim();
  const chosen = id => $(id).selectedOptions[0].textContent.replace(/ \([\d,]+\)$/, '');
  const said = [];
  if (state.has('q')) said.push('“' + state.get('q') + '”');
  for (const lane of state.getAll('a')) said.push(document.querySelector('label[for=a' + +lane + '] .sign').textContent);
  if (state.has('p')) said.push(chosen('p'));
  if (state.has('t')) said.push(chosen('t'));
  if (state.has('s')) said.push(label('s' + state.get('s')).toLowerCase());
  if (state.has('from') || state.has('to')) said.push(span(state.get('from'), state.get('to')));
  return said.join(', ');
}
function span(from, to) {
  if (!to) return 'from ' + words(dayOf(from));
  if (!from) return 'up to ' + words(dayOf(to));
  const next = iso(dayOf(to) + 1);
  if (from.endsWith('-01-01') && next === +from.slice(0, 4) + 1 + '-01-01') return from.slice(0, 4);
  if (from.endsWith('-01') && next.endsWith('-01') && from.slice(0, 7) === to.slice(0, 7))
    return words(dayOf(from), {month: 'long', year: 'numeric'});
  return words(dayOf(from)) + ' to ' + words(dayOf(to));
}
let telling, drawing;
function apply(keep) {
  const state = read(), fits = tester(state), filtered = [...state].length > 0;
  let shown = 0, undated = 0;
  for (const {section, count: counted, rows: own} of months) {
    let n = 0;
    for (const row of own) {
      row.fits = fits(row);
      if (row.fits) n++;
      else if (row.start === null) undated++;
    }
    section.hidden = !n;
    shown += n;
    if (!n) continue;
    for (const row of own) if (row.hidden === row.fits) row.el.hidden = row.hidden = !row.fits;
    const said = (n < own.length ? count(n) + ' of ' : '') + count(own.length) + (own.length === 1 ? ' entry' : ' entries');
    if (counted.textContent !== said) counted.textContent = said;
  }
  const total = count(rows.length) + (rows.length === 1 ? ' entry' : ' entries');
  let said = filtered ? 'Showing ' + count(shown) + ' of ' + total + ': ' + described(state) : 'Showing all ' + total;
  if (undated && (state.has('from') || state.has('to'))) said += ' (' + count(undated) + ' without a date not shown)';
  $('shown').firstElementChild.textContent = said;
  $('clear').hidden = !filtered;
  $('none').hidden = shown > 0;
  clearTimeout(telling);
  clearTimeout(drawing);
  drawing = setTimeout(() => draw(state), 120);
  telling = setTimeout(() => {
    $('said').textContent = said;
    if (!keep) history.replaceState(null, '', '#' + (filtered ? state : ''));
  }, 400);
}
function show(n) {
  const row = rowOf.get(n);
  if (!row) return;
  if (!row.fits) { fill(new URLSearchParams()); apply(true); }
  row.el.querySelector('details').open = true;
  row.el.scrollIntoView();
  row.el.querySelector('summary').focus({preventScroll: true});
}
function follow() {
  const hash = location.hash.slice(1);
  if (/^e\d+$/.test(hash)) return show(+hash.slice(1));
  if (hash && !hash.includes('=')) return;
  const wanted = new URLSearchParams(hash.includes('=') ? hash : '');
  fill(wanted);
  apply(true);
  if (wanted.has('e')) show(+wanted.get('e'));
}
function go(hash) {
  if (location.hash === '#' + hash) follow();
  else location.hash = hash;
  if (!/\be=/.test(hash)) toList();
}
function toList() {
  $('entries').scrollIntoView();
  $('entries').focus({preventScroll: true});
}
function period(from, to) {
  $('from').value = from;
  $('to').value = to;
  apply();
}
form.addEventListener('input', () => apply());
form.addEventListener('submit', event => { event.preventDefault(); apply(); toList(); });
form.addEventListener('keydown', event => {
  if (event.key === 'Escape' && event.target.id === 'q') { event.target.value = ''; apply(); }
});
$('clear').addEventListener('click', () => { fill(new URLSearchParams()); apply(); $('q').focus(); });
window.addEventListener('hashchange', follow);
document.addEventListener('click', event => {
  const at = event.target.closest('[data-go],[data-near],[data-period]');
  if (!at) return;
  event.preventDefault();
  const year = at.dataset.period;
  const near = 'near' in at.dataset && rowOf.get(+at.hash.slice(2));
  if (near) go(`from=${iso(near.start - 7)}&to=${iso(near.end + 7)}&e=${near.n}`);
  else if (year === undefined) go(at.dataset.go);
  else period(year && year + '-01-01', year && year + '-12-31');
});
document.addEventListener('keydown', event => {
  const open = event.key === 'Escape' && event.target.closest('.more details[open]');
  if (open) { open.open = false; open.firstElementChild.focus(); }
});
$('open').addEventListener('click', event => {
  const wanted = event.target.textContent.startsWith('Open');
  for (const row of rows) if (row.fits || !wanted) row.el.querySelector('details').open = wanted;
  event.target.textContent = wanted ? 'Close all accounts' : 'Open all accounts shown';
});
let opened = [];
$('print').addEventListener('click', () => print());
window.addEventListener('beforeprint', () => {
  if (!$('whole').checked) return;
  opened = rows.filter(row => row.fits).map(row => row.el.querySelector('details')).filter(el => !el.open);
  for (const el of opened) el.open = true;
});
window.addEventListener('afterprint', () => { for (const el of opened.splice(0)) el.open = false; });

/* The lanes, redrawn for the period and filter as chronology/render/lanes.py draws them whole. */
const svg = $('drawing');
const LEFT = 150, RIGHT = 1148, HEIGHT = svg ? svg.viewBox.baseVal.height : 0;
const LEVELS = [38, 27, 16], ARROWS = {b: 'l8-5v10z', a: 'l-8-5v10z'};
const RING = 'm-7.5 0a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0z';
const WHOLE = svg && [+svg.dataset.first, +svg.dataset.last];
let spots = [];
const r1 = x => Math.round(x * 10) / 10;
function draw(state) {
  if (!svg) return;
  let [first, last] = WHOLE;
  if (state.has('from')) first = Math.max(first, dayOf(state.get('from')));
  if (state.has('to')) last = Math.min(last, dayOf(state.get('to')));
  if (!(first <= last)) [first, last] = WHOLE;
  const scale = (day, [a, b] = [first, last]) => LEFT + (day - a) / (b - a + 1) * (RIGHT - LEFT);
  const clip = x => Math.min(Math.max(x, LEFT), RIGHT);
  let joins = '', rings = '';
  spots = [];
  const lanes = all('.lane', svg).map(g => ({g, shape: g.dataset.shape, top: +g.dataset.top, marks: '', bars: '', taken: [], free: [0, 0, 0]}));
  for (const row of rows.filter(row => row.fits && row.mark && row.start <= last && row.end >= first).sort((a, b) => a.start - b.start)) {
    if (row.mark === 'p') {
      const x = scale(row.start + .5), at = r1(x), ys = [];
      for (const place of row.lanes) {
        const {free, shape, top} = lanes[place];
        let level = free.findIndex(end => x - end >= 10);
        if (level < 0) level = free.indexOf(Math.min(...free));
        free[level] = x;
        const y = top + LEVELS[level];
        ys.push(y);
        lanes[place].marks += `M${at} ${y}${shape}`;
        if (row.state.includes('c')) rings += `M${at} ${y}${RING}`;
        spots.push({row, x1: x - 6, x2: x + 6, y});
      }
      if (ys.length > 1) joins += `M${at} ${Math.min(...ys)}V${Math.max(...ys)}`;
      continue;
    }
    for (const at of row.lanes) {
      const lane = lanes[at], arrow = ARROWS[row.mark];
      let x1 = scale(row.start), x2 = Math.max(x1 + 4, scale(row.end + 1));
      if (row.mark === 'a') x2 = x1 + 8;
      if (row.mark === 'b') x1 = (x2 = scale(row.end + 1)) - 8;
      x1 = clip(x1); x2 = clip(x2);
      lane.bars += arrow ? `M${r1(row.mark === 'b' ? x1 : x2)} ${lane.top + 51}${arrow}` : `M${r1(x1)} ${lane.top + 47}h${r1(x2 - x1)}v8h-${r1(x2 - x1)}z`;
      lane.taken.push([x1, x2]);
      spots.push({row, x1: x1 - 2, x2: x2 + 2, y: lane.top + 51});
    }
  }
  for (const lane of lanes) {
    lane.g.querySelector('.all').setAttribute('d', lane.marks);
    lane.g.querySelector('.stretch').setAttribute('d', lane.bars);
    gaps(lane, scale, clip, first, last);
  }
  $('joins').setAttribute('d', joins);
  $('rings').setAttribute('d', rings);
  ticks(scale, first, last);
  const [x, end] = [first, last + 1].map(day => scale(day, WHOLE));
  $('window').setAttribute('x', x);
  $('window').setAttribute('width', first > WHOLE[0] || last < WHOLE[1] ? end - x : 0);
  for (const button of all('[data-period]')) {
    const year = button.dataset.period;
    button.setAttribute('aria-pressed', (state.get('from') || '') === (year && year + '-01-01') && (state.get('to') || '') === (year && year + '-12-31'));
  }
}
function put(parent, name, attributes, text) {
  const el = document.createElementNS(svg.namespaceURI, name);
  for (const key in attributes) el.setAttribute(key, attributes[key]);
  if (text) el.textContent = text;
  parent.append(el);
}
function gaps({g, top, taken}, scale, clip, first, last) {
  const ends = numbers(g.dataset.gaps.trim()), found = [];
  for (let i = 0; i < ends.length; i += 2) if (ends[i] <= last && ends[i + 1] >= first) found.push([ends[i], ends[i + 1]]);
  const boxes = found.map(([a, b]) => [clip(scale(a) + 5), clip(scale(b + 1) - 5)]).filter(([a, b]) => b > a);
  g.querySelector('.gap').setAttribute('d', boxes.map(([a, b]) => `M${r1(a)} ${top + 31}h${r1(b - a)}v14h-${r1(b - a)}z`).join(''));
  const words = g.querySelector('.words');
  words.replaceChildren();
  for (const [a, b] of found.sort((x, y) => y[1] - y[0] - x[1] + x[0] || x[0] - y[0])) {
    for (const text of [count(b - a + 1) + ' days, no entry', count(b - a + 1) + ' days']) {
      const half = text.length * 2.9;
      const x = Math.min(Math.max((clip(scale(a)) + clip(scale(b + 1))) / 2, LEFT + half), RIGHT - half);
      if (!taken.every(([from, to]) => x + half < from || to < x - half)) continue;
      taken.push([x - half - 4, x + half + 4]);
      put(words, 'text', {x: r1(x), y: top + 59}, text);
      break;
    }
  }
}
function ticks(scale, first, last) {
  const g = $('ticks'), a_day = (RIGHT - LEFT) / (last - first + 1);
  g.replaceChildren();
  const tick = (day, text) => {
    const x = r1(scale(day));
    put(g, 'path', {d: `M${x} 22V${HEIGHT - 8}`});
    put(g, 'text', {x, y: 16}, text);
  };
  if (last - first < 70) {
    const step = last - first < 16 ? 1 : 7;
    for (let day = first; day <= last; day += step) tick(day, words(day, {day: 'numeric', month: 'short'}));
    return;
  }
  const step = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12e3].find(months => months * 30.4 * a_day >= 70);
  const start = new Date(first * DAY);
  for (let month = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth() + (start.getUTCDate() > 1 ? 1 : 0)) / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12) / DAY;
    if (day > last) return;
    tick(day, (step < 12 ? words(day, {month: 'long'}).slice(0, 3) + ' ' : '') + words(day, {year: 'numeric'}));
  }
}
if (svg) {
  const at = (event, box) => {
    const place = box.getBoundingClientRect(), unit = 1160 / place.width;
    return [(event.clientX - place.left) * unit, (event.clientY - place.top) * unit];
  };
  const near = event => {
    const [x, y] = at(event, svg);
    let best = null, least = 81;
    for (const spot of spots) {
      const dx = Math.max(spot.x1 + 6 - x, x - spot.x2 + 6, 0), dy = y - spot.y, far = dx * dx + dy * dy;
      if (far < least) { least = far; best = spot.row; }
    }
    return best;
  };
  const tip = $('tip');
  svg.addEventListener('pointermove', event => {
    const row = near(event);
    svg.classList.toggle('at', !!row);
    tip.hidden = !row;
    if (!row) return;
    const [th, agencies, , what] = row.el.rows[0].cells;
    const brief = all(':scope > .type, :scope > p', what).slice(0, 2).map(el => el.textContent).join('. ');
    tip.textContent = th.querySelector('b').textContent + ', ' + all('.sign', agencies).map(el => el.textContent).join(', ') + ': ' + brief.slice(0, 140) + (brief.length > 140 ? '…' : '');
    tip.style.left = Math.min(event.clientX + 12, innerWidth - 340) + 'px';
    tip.style.top = event.clientY + 16 + 'px';
  });
  svg.addEventListener('pointerleave', () => { tip.hidden = true; });
  svg.addEventListener('click', event => { const row = near(event); if (row) location.hash = 'e' + row.n; });
  let from = null;
  const month = event => {
    const [a, b] = WHOLE, x = at(event, $('overview'))[0];
    return iso(Math.floor(a + Math.min(Math.max((x - LEFT) / (RIGHT - LEFT), 0), .9999) * (b - a + 1))).slice(0, 7);
  };
  $('overview').addEventListener('pointerdown', event => { from = month(event); });
  window.addEventListener('pointerup', event => {
    if (!from) return;
    const [a, b] = [from, month(event)].sort();
    from = null;
    const [year, next] = b.split('-').map(Number);
    period(a + '-01', iso(Date.UTC(year, next) / DAY - 1));
  });
}
const hash = location.hash;
if (hash.includes('=') || /^#e\d+$/.test(hash)) follow();
draw(read());
});
