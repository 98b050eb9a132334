import { CloudOff } from "lucide-react"
import { useEffect, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useSocketState } from "../live-updates/staff-socket.ts"

/** Says that live updates are interrupted, once that has lasted long enough to matter. */
export function OfflineBanner() {
  const { t } = useTexts()
  const link = useSocketState()
  const isLost = link === "lost" || link === "offline"
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(isLost), isLost && link === "lost" ? 1500 : 0)
    return () => clearTimeout(timer)
  }, [isLost, link])
  return (
    <div role="status">
      {isShown && isLost && (
        <p className="flex items-center justify-center gap-2 bg-amber-soft px-3 py-1 text-sm text-amber">
          <CloudOff className="size-4 shrink-0" aria-hidden />
          {link === "offline" ? t("offline.title") : t("offline.reconnecting")}
        </p>
      )}
    </div>
  )
}
