import "./load-notification-list-texts.ts"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { CheckboxField } from "../ui/form-fields.tsx"
import {
  desktopNotificationsAreOn,
  desktopNotificationsAre,
  setDesktopNotifications,
} from "./desktop-notification-setting.ts"

/** Of this browser. It asks for leave when somebody ticks it, and never by itself. */
export function DesktopNotificationSwitch() {
  const { t } = useTexts()
  const [isOn, setOn] = useState(desktopNotificationsAreOn)
  const [state, setState] = useState(desktopNotificationsAre)
  if (state === "impossible") return null
  const choose = async (on: boolean) => {
    setOn(await setDesktopNotifications(on))
    setState(desktopNotificationsAre)
  }
  return (
    <CheckboxField
      label={t("notifications.desktop")}
      hint={state === "blocked" ? t("notifications.desktopBlocked") : undefined}
      checked={isOn}
      onChange={({ target }) => void choose(target.checked)}
    />
  )
}
