import { Link } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/loading-empty-and-error.tsx"

export function NotFoundPage() {
  const { t } = useTexts()
  return (
    <main className="h-full">
      <h1 className="sr-only">{t("app.name")}</h1>
      <EmptyState
        title={t("problem.noScreen")}
        text={t("problem.noScreenText")}
        action={
          <Button asChild>
            <Link to="/inbox">{t("ticket.toInbox")}</Link>
          </Button>
        }
      />
    </main>
  )
}
