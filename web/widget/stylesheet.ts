/** A constructed sheet is the only style that a page's `style-src` does not stop. */
export function widgetStylesheet(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  made.replaceSync(rules)
  return made
}

const rules = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button { border: 0; padding: 0; cursor: pointer; display: grid; place-items: center; }
button:focus-visible { outline: 3px solid var(--fill); outline-offset: 3px; }
:host {
  --fill: var(--hilo-colour, #006868);
  --on-fill: var(--hilo-ink, #fff);
}
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.launch {
  position: fixed; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom));
  width: 56px; height: 56px; border-radius: 50%; background: var(--fill); color: var(--on-fill);
  box-shadow: 0 4px 16px rgb(0 0 0 / 0.25);
}
:host(.left) .launch { right: auto; left: max(20px, env(safe-area-inset-left)); }
.badge {
  position: absolute; top: -2px; right: -2px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  background: #b3261e; color: #fff; font: 600 13px/22px system-ui, sans-serif; text-align: center;
}
#panel {
  position: fixed; right: 20px; bottom: 88px; width: 384px; height: min(640px, calc(100dvh - 108px)); overflow: hidden;
  border: 1px solid #8886; border-radius: 12px; background: Canvas;
  box-shadow: 0 8px 32px rgb(0 0 0 / 0.25);
}
:host(.left) #panel { right: auto; left: 20px; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; }
.close {
  position: absolute; top: 6px; right: 8px; width: 44px; height: 44px; border-radius: 6px; background: none;
  color: CanvasText;
}
@media (max-width: 480px), (max-height: 480px) {
  #panel { inset: 0 !important; width: auto; height: auto; border: 0; border-radius: 0; }
  :host(.open) .launch { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  #panel { animation: rise 120ms ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(8px); } }
}
`
