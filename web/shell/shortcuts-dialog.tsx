import type { TextId } from "#texts/languages-and-text-ids.ts"
import { useTexts } from "../lib/language.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { SingleKeysSwitch } from "./single-keys-switch.tsx"

const keys: [string, TextId][] = [
  ["J, Alt J", "shortcuts.next"],
  ["K, Alt K", "shortcuts.previous"],
  ["R", "shortcuts.reply"],
  ["N", "shortcuts.note"],
  ["E", "shortcuts.close"],
  ["Shift E", "shortcuts.closeNext"],
  ["Ctrl Z", "shortcuts.undo"],
  ["I", "shortcuts.assignToMe"],
  ["A", "shortcuts.assign"],
  ["T", "shortcuts.team"],
  ["S", "shortcuts.status"],
  ["P", "shortcuts.priority"],
  ["Z", "shortcuts.snooze"],
  ["C", "shortcuts.newTicket"],
  ["↑, ↓", "shortcuts.rows"],
  ["X", "shortcuts.select"],
  ["Shift X", "shortcuts.selectRange"],
  ["/", "shortcuts.search"],
  ["]", "shortcuts.details"],
  ["Ctrl Enter", "shortcuts.send"],
  ["Ctrl Shift Enter", "shortcuts.sendNext"],
  ["Esc", "shortcuts.leave"],
  ["Ctrl .", "shortcuts.copyNumber"],
  ["Ctrl Shift .", "shortcuts.copyAddress"],
  ["L", "shortcuts.tags"],
  ["M, /", "shortcuts.macros"],
  ["F, Ctrl Shift F", "shortcuts.files"],
  ["V", "shortcuts.split"],
  ["G I, M, U, C, P, S", "shortcuts.go"],
  ["D", "shortcuts.dark"],
  ["Ctrl K", "shortcuts.palette"],
  ["?", "shortcuts.list"],
]

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  return (
    <Dialog open onClose={onClose} title={t("shortcuts.title")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2">
        {keys.map(([key, text]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-block min-w-7 rounded border border-line bg-raised px-1.5 py-0.5 text-center font-sans text-sm">
                {key}
              </kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 border-t border-line pt-3">
        <SingleKeysSwitch />
      </div>
    </Dialog>
  )
}
