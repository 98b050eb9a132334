import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import { useTexts } from "../lib/language.tsx"

export function BackLink() {
  const { t } = useTexts()
  return (
    <Link
      to="/campaigns"
      className="mb-2 inline-flex min-h-8 items-center gap-1.5 text-muted hover:text-ink max-md:min-h-10"
    >
      <ArrowLeft className="size-4" aria-hidden />
      {t("nav.campaigns")}
    </Link>
  )
}
