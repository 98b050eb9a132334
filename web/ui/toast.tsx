import { X } from "lucide-react"
import { useEffect, useState } from "react"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { useTexts } from "../lib/language.tsx"
import { createSharedState } from "../lib/shared-state.ts"
import { Button } from "./button.tsx"
import { addUndo, newestUndo, removeUndo, type Undo } from "./undo-list.ts"

export interface ToastAction {
  label: string
  run: () => void
  /** Takes back what was done; Ctrl Z does so too, also when the toast has gone. */
  isUndo?: boolean
  /** How long it is shown at least. */
  lastsMs?: number
}

interface Toast {
  id: number
  text: string
  action: ToastAction | undefined
}

const toasts = createSharedState<Toast[]>([])
let undos: Undo[] = []
const underWay = new Set<object>()
let nextId = 1

export function toast(text: string, action?: ToastAction) {
  const id = nextId++
  toasts.set([...toasts.get().slice(-2), { id, text, action }])
  if (action?.isUndo) undos = addUndo(undos, { id, run: action.run, at: Date.now() })
}

/** Until the returned function is called an act is on its way whose undo would be the newest: no older one is undone by a key. */
export function expectUndo(): () => void {
  const act = {}
  underWay.add(act)
  return () => void underWay.delete(act)
}

const dismiss = (id: number) => toasts.set(toasts.get().filter((one) => one.id !== id))

function act(id: number, run: () => void) {
  dismiss(id)
  undos = removeUndo(undos, id)
  run()
}

function undoNewest(tooSoon: string) {
  const newest = newestUndo(undos, Date.now(), underWay.size)
  if (newest) act(newest.id, newest.run)
  else if (underWay.size > 0) toast(tooSoon)
}

export function Toasts() {
  const shown = toasts.use()
  const { t } = useTexts()
  useShortcuts({ "Ctrl+KeyZ": () => undoNewest(t("action.notYetUndone")) })
  return (
    <div
      role="status"
      aria-live="polite"
      aria-atomic={false}
      className="pointer-events-none fixed inset-x-0 top-28 z-50 short:top-11 flex flex-col items-center gap-2 px-4 md:inset-x-auto md:top-auto md:bottom-4 md:left-16 md:items-start"
    >
      {shown.map((one) => (
        <OneToast key={one.id} toast={one} />
      ))}
    </div>
  )
}

/** Goes by itself, but never from under a hand or the focus. */
function OneToast({ toast: { id, text, action } }: { toast: Toast }) {
  const { t } = useTexts()
  const [isHeld, setHeld] = useState(false)
  const lastsMs = action?.lastsMs ?? 0
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(id), Math.max(6_000, lastsMs))
    return () => clearTimeout(timer)
  }, [id, isHeld, lastsMs])
  return (
    <div
      className="pointer-events-auto flex max-w-full animate-rise items-center gap-1 rounded bg-ink py-1 pr-1 pl-3 text-surface shadow-float"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="min-w-0 py-1 break-words">{text}</span>
      {action && (
        <button
          type="button"
          className="ml-2 h-8 rounded px-2 font-strong underline underline-offset-2"
          {...(action.isUndo && { "aria-keyshortcuts": "Control+Z", title: "Ctrl Z" })}
          onClick={() => act(id, action.run)}
        >
          {action.label}
        </button>
      )}
      <Button
        look="quiet"
        size="sm"
        className="px-1.5 text-surface hover:bg-transparent hover:text-surface"
        aria-label={t("action.dismiss")}
        onClick={() => dismiss(id)}
      >
        <X />
      </Button>
    </div>
  )
}
