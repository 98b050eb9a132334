import type { TextId } from "#texts/languages-and-text-ids.ts"
import { useTexts } from "../lib/language.tsx"
import { setSingleKeyShortcuts, useSingleKeyShortcuts } from "../lib/keyboard-shortcuts.ts"
import { Dialog } from "../ui/dialog.tsx"
import { CheckboxField } from "../ui/form-fields.tsx"

const keys: [string, TextId][] = [
  ["J, Alt J", "shortcuts.next"],
  ["K, Alt K", "shortcuts.previous"],
  ["R", "shortcuts.reply"],
  ["N", "shortcuts.note"],
  ["E", "shortcuts.close"],
  ["Shift E", "shortcuts.closeNext"],
  ["I", "shortcuts.assignToMe"],
  ["A", "shortcuts.assign"],
  ["T", "shortcuts.team"],
  ["S", "shortcuts.status"],
  ["P", "shortcuts.priority"],
  ["Z", "shortcuts.snooze"],
  ["C", "shortcuts.newTicket"],
  ["X", "shortcuts.select"],
  ["Shift X", "shortcuts.selectRange"],
  ["/", "shortcuts.search"],
  ["]", "shortcuts.details"],
  ["Ctrl Enter", "shortcuts.send"],
  ["Esc", "shortcuts.leave"],
  ["Ctrl .", "shortcuts.copyNumber"],
  ["Ctrl Shift .", "shortcuts.copyAddress"],
  ["L", "shortcuts.tags"],
  ["M, /", "shortcuts.macros"],
  ["G I, M, U, C", "shortcuts.go"],
  ["D", "shortcuts.dark"],
  ["Ctrl K", "shortcuts.palette"],
  ["?", "shortcuts.list"],
]

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTexts()
  return (
    <Dialog open={open} onClose={onClose} title={t("shortcuts.title")}>
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

export function SingleKeysSwitch() {
  const { t } = useTexts()
  const isOn = useSingleKeyShortcuts()
  return (
    <CheckboxField
      label={t("shortcuts.enabled")}
      hint={t("shortcuts.enabledHint")}
      checked={isOn}
      onChange={(event) => setSingleKeyShortcuts(event.target.checked)}
    />
  )
}
