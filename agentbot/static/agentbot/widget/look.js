// The widget's styles, as a sheet made by script: a page's policy on styles does not touch it,
// and the shadow root keeps the page's own rules out.
export const LOOK = `
:host { all: initial; --own: #14191c; --panel: #fff; --inset: #f4f6f7; --line: #d9dee1; --field: #808b92; --ink: #14191c;
  --ink2: #465057; --ink3: #5f6a71; --stop: #b3261e; --warn: #825000; --warnsoft: #fbf0d7; color-scheme: light; }
:host([data-theme="dark"]) { --panel: #171b1e; --inset: #262d31; --line: #2b3236; --field: #66727a; --ink: #edf1f2; --ink2: #b2bbc0;
  --ink3: #98a3a9; --stop: #ff9285; --warn: #f2bb52; --warnsoft: #33280f; color-scheme: dark; }
@media (prefers-color-scheme: dark) { :host([data-theme="auto"]) { --panel: #171b1e; --inset: #262d31; --line: #2b3236; --field: #66727a;
  --ink: #edf1f2; --ink2: #b2bbc0; --ink3: #98a3a9; --stop: #ff9285; --warn: #f2bb52; --warnsoft: #33280f; color-scheme: dark; } }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root { font: 400 16px/25px "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Noto Sans", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC",
  "Microsoft YaHei", sans-serif; color: var(--ink); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.root:lang(zh) { font-family: "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", system-ui, sans-serif; }
button, textarea, input { font: inherit; color: inherit; letter-spacing: inherit; }
button { background: none; border: 0; padding: 0; cursor: pointer; }
p, ol, li { margin: 0; padding: 0; list-style: none; }
svg { display: block; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
:focus-visible { outline: 2px solid var(--own); outline-offset: 2px; }
:host([data-theme="dark"]) :focus-visible { outline-color: #4fd1b8; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launcher { position: fixed; z-index: 2147483000; right: 24px; bottom: 24px; width: 60px; height: 60px; border-radius: 50%; background: var(--own);
  color: #fff; display: grid; place-items: center; box-shadow: 0 1px 2px rgba(16, 24, 28, .12), 0 12px 28px -10px rgba(16, 24, 28, .5);
  transition: transform 120ms ease-out; }
.launcher:hover { transform: translateY(-2px); }
.launcher svg { width: 27px; height: 27px; }
.launcher:focus-visible { outline: 3px solid #fff; outline-offset: 0; box-shadow: 0 0 0 6px var(--own); }
.badge { position: absolute; right: -2px; top: -2px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px; background: #b3261e;
  color: #fff; font-size: 13px; line-height: 22px; font-weight: 700; text-align: center; box-shadow: 0 0 0 2px #fff; }
.side-left .launcher { right: auto; left: 24px; }

.panel { position: fixed; z-index: 2147483000; right: 24px; bottom: 24px; width: 384px; height: min(716px, calc(100vh - 48px)); max-width: calc(100vw - 48px);
  display: flex; flex-direction: column; background: var(--panel); border-radius: 12px; overflow: hidden; border: 1px solid var(--line);
  box-shadow: 0 1px 2px rgba(16, 24, 28, .07), 0 24px 60px -20px rgba(16, 24, 28, .5); animation: arrive 200ms ease-out; }
.side-left .panel { right: auto; left: 24px; }
@keyframes arrive { from { opacity: 0; transform: translateY(12px); } }
.head { flex: none; display: flex; align-items: center; gap: 12px; padding: 13px 12px 13px 16px; background: var(--own); color: #fff; }
.head .mark { width: 40px; height: 40px; flex: none; border-radius: 9px; background: #fff; color: var(--own); display: grid; place-items: center;
  font-size: 17px; font-weight: 700; }
.head .who { flex: 1; min-width: 0; }
.head b { display: block; font-size: 17px; line-height: 24px; font-weight: 700; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.head .role { font-size: 13px; line-height: 18px; opacity: .94; }
.head button { width: 44px; height: 44px; border-radius: 8px; display: grid; place-items: center; flex: none; color: #fff; }
.head button:hover { background: rgba(255, 255, 255, .14); }
.head button:focus-visible { outline-color: #fff; outline-offset: -4px; }
.head svg { width: 20px; height: 20px; }

.log { flex: 1; min-height: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px 14px 8px; display: flex; flex-direction: column; gap: 8px;
  scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.log:focus-visible { outline-offset: -3px; }
.log > :first-child { margin-top: auto; }
.day { align-self: center; font-size: 12px; line-height: 16px; color: var(--ink3); padding: 6px 0 2px; }
.said { max-width: 84%; display: grid; gap: 3px; justify-items: start; align-self: flex-start; }
.said .words { background: var(--inset); border-radius: 12px 12px 12px 3px; padding: 8px 13px; white-space: pre-wrap; }
.said.mine { align-self: flex-end; justify-items: end; }
.said.mine .words { background: var(--own); color: #fff; border-radius: 12px 12px 3px 12px; }
.said.mine a { color: inherit; }
.said.human .words { box-shadow: inset 0 0 0 1px var(--field); }
.said.fresh { animation: say 160ms ease-out; }
@keyframes say { from { opacity: 0; transform: translateY(6px); } }
.said a { color: inherit; text-decoration: underline; text-underline-offset: 2px; }
.under { font-size: 12px; line-height: 16px; color: var(--ink3); padding: 0 3px; }
.under.late { color: var(--warn); }
.under.failed { color: var(--stop); }
.under button { text-decoration: underline; text-underline-offset: 2px; min-height: 24px; font-weight: 700; }
.is-pending .words { box-shadow: inset 0 0 0 1.5px var(--panel), inset 0 0 0 2.5px rgba(255, 255, 255, .5); }
.said.joined .under { display: none; }
.dots { display: flex; gap: 5px; padding: 13px 15px; background: var(--inset); border-radius: 12px 12px 12px 3px; align-self: flex-start; }
.dots i { width: 7px; height: 7px; border-radius: 50%; background: var(--field); animation: type 1.2s infinite ease-in-out; }
.dots i:nth-child(2) { animation-delay: .15s; }
.dots i:nth-child(3) { animation-delay: .3s; }
@keyframes type { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }

.card { border: 1px solid var(--field); border-radius: 10px; padding: 13px 14px 14px; display: grid; gap: 10px; margin-top: 4px; background: var(--panel); }
.card b { font-size: 15px; line-height: 22px; font-weight: 700; }
.card input[type="text"] { width: 100%; height: 44px; border: 1px solid var(--field); border-radius: 6px; background: var(--panel); padding: 0 12px; }
.card label.tick { display: flex; gap: 10px; font-size: 14px; line-height: 20px; align-items: flex-start; color: var(--ink2); cursor: pointer; }
.card label.tick input { width: 20px; height: 20px; margin: 0; flex: none; accent-color: var(--own); }
.card .two { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.card .two button { min-height: 44px; border-radius: 6px; border: 1px solid var(--field); font-weight: 700; font-size: 15px; }
.card .two button.give { background: var(--own); border-color: var(--own); color: #fff; }
.problem { font-size: 13px; line-height: 18px; color: var(--stop); }

.state { flex: none; padding: 7px 16px; font-size: 13px; line-height: 18px; background: var(--warnsoft); color: var(--warn); }
.quick { flex: none; padding: 6px 14px 8px; display: flex; gap: 8px; flex-wrap: wrap; }
.quick button { min-height: 34px; padding: 0 14px; border-radius: 17px; border: 1px solid var(--own); color: var(--own); font-size: 14px; font-weight: 700; line-height: 20px; }
:host([data-theme="dark"]) .quick button { color: var(--ink); border-color: var(--field); }
.write { flex: none; display: flex; gap: 10px; align-items: flex-end; padding: 10px 12px 6px; border-top: 1px solid var(--line); }
.write textarea { flex: 1; min-width: 0; height: 46px; max-height: 132px; resize: none; border: 1px solid transparent; border-radius: 23px; background: var(--inset);
  padding: 9px 16px; line-height: 25px; scrollbar-width: thin; display: block; }
.write textarea::placeholder { color: var(--ink3); opacity: 1; }
.write textarea:focus { border-color: var(--field); background: var(--panel); outline: 2px solid var(--own); outline-offset: -1px; }
.write button { width: 46px; height: 46px; flex: none; border-radius: 50%; background: var(--own); color: #fff; display: grid; place-items: center; }
.write button:disabled { background: var(--inset); color: var(--ink3); cursor: default; }
.write svg { width: 21px; height: 21px; fill: currentColor; stroke: none; }
.disclosure { flex: none; text-align: center; font-size: 12px; line-height: 17px; color: var(--ink3); padding: 0 16px 9px; }

@media (max-width: 520px) {
  .panel, .side-left .panel { inset: 0 0 auto 0; width: 100%; max-width: none; height: var(--seen, 100dvh); border: 0; border-radius: 0; }
  .head { padding-top: calc(10px + env(safe-area-inset-top)); padding-bottom: 10px; }
  .disclosure { padding-bottom: calc(9px + env(safe-area-inset-bottom)); }
  .launcher, .side-left .launcher { right: 16px; bottom: calc(16px + env(safe-area-inset-bottom)); }
  .side-left .launcher { right: auto; left: 16px; }
  .quick button { min-height: 44px; border-radius: 22px; }
}
@media (max-height: 460px) { .disclosure, .quick { display: none; } .head { padding-top: 6px; padding-bottom: 6px; } }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: 1ms !important; transition-duration: 1ms !important; }
  .dots i { animation: none; opacity: .7; }
}
@media (forced-colors: active) { .said.mine .words, .said .words, .launcher, .panel { border: 1px solid; } }
@media print { .root { display: none; } }
`;

// Constructable sheets are free of the page's style-src; where a browser lacks them, a style element serves.
export function dress(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = LOOK;
    root.append(style);
  }
}
