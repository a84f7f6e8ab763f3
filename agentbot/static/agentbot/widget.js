// The chat widget. On a page:
//   <script src="https://…/static/agentbot/widget.js" data-channel="…" async></script>
// Optional: data-lang="zh-CN|en", data-theme="light|dark|auto", data-side="left|right", data-open,
// data-ad="…" (which ad brought the visitor; ?ad= in the page's address counts too).
// A page with a content policy names this origin in script-src and connect-src; styles need nothing.
(() => {
  const tag = document.currentScript;
  if (!tag || !tag.dataset.channel) return;
  const open = (window.adloomWidgets ??= new Set());
  if (open.has(tag.dataset.channel)) return;
  open.add(tag.dataset.channel);
  const base = tag.src.split("/static/")[0];
  const begin = () =>
    import(new URL("widget/panel.js", tag.src).href).then(
      (panel) => panel.begin({ base, ...tag.dataset }),
      () => open.delete(tag.dataset.channel),
    );
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
