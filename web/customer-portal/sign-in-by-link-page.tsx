import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { Problem } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useDocumentTitle } from "../lib/document-title.ts"
import { SignedOutLayout } from "../session/signed-out-layout.tsx"
import { Button } from "../ui/button.tsx"
import { SignInLinkForm } from "./sign-in-link-form.tsx"
import { useSignInByLink } from "./request-queries.ts"
import { takeReturnPath } from "./return-path.ts"

// The key travels behind the #, so that it reaches no log.
const tokenOfAddress = () => new URLSearchParams(location.hash.slice(1)).get("token") ?? ""

/** A press of a button uses the link up, not the page: programs that look into mails open every address. */
export function SignInByLinkPage() {
  const { t } = useTexts()
  const [token] = useState(tokenOfAddress)
  const enter = useSignInByLink()
  const say = useProblemText()
  const navigate = useNavigate()
  useDocumentTitle(t("my.title"))
  const isOver = !token || (enter.error instanceof Problem && enter.error.code === "link_over")
  return (
    <SignedOutLayout title={t("my.title")}>
      {isOver ? (
        <div className="grid gap-4">
          <p role="alert">{t("my.linkOver")}</p>
          <SignInLinkForm />
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
              enter.mutate(token, { onSuccess: () => void navigate({ href: takeReturnPath(), replace: true }) })
            }
          >
            {t("my.enterGo")}
          </Button>
        </div>
      )}
    </SignedOutLayout>
  )
}
