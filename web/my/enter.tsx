import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { Problem } from "../lib/api.ts"
import { useTexts } from "../lib/language.tsx"
import { usePlainProblem } from "../lib/problem.ts"
import { useTitle } from "../lib/title.ts"
import { Doorway } from "../session/doorway.tsx"
import { Button } from "../ui/button.tsx"
import { LinkForm } from "./ask-link.tsx"
import { useEnter } from "./requests.ts"
import { takeWanted } from "./wanted.ts"

// The key travels behind the #, so that it reaches no log.
const tokenOfAddress = () => new URLSearchParams(location.hash.slice(1)).get("token") ?? ""

/** A press of a button uses the link up, not the page: programs that look into mails open every address. */
export function Enter() {
  const { t } = useTexts()
  const [token] = useState(tokenOfAddress)
  const enter = useEnter()
  const say = usePlainProblem()
  const navigate = useNavigate()
  useTitle(t("my.title"))
  const isOver = !token || (enter.error instanceof Problem && enter.error.code === "link_over")
  return (
    <Doorway title={t("my.title")}>
      {isOver ? (
        <div className="grid gap-4">
          <p role="alert">{t("my.linkOver")}</p>
          <LinkForm />
        </div>
      ) : (
        <div className="grid gap-4">
          <p className="text-muted">{t("my.enterIntro")}</p>
          {enter.error && (
            <p role="alert" className="text-red">
              {say(enter.error)}
            </p>
          )}
          <Button
            look="primary"
            className="h-9 max-md:h-11"
            autoFocus
            disabled={enter.isPending}
            onClick={() =>
              enter.mutate(token, { onSuccess: () => void navigate({ href: takeWanted(), replace: true }) })
            }
          >
            {t("my.enterGo")}
          </Button>
        </div>
      )}
    </Doorway>
  )
}
