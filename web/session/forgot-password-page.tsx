import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"
import { SignInLinkForm } from "./sign-in-link-form.tsx"
import { SignedOutLayout } from "./signed-out-layout.tsx"

export function ForgotPasswordPage() {
  const { t } = useTexts()
  useDocumentTitle(t("forgot.title"))
  return (
    <SignedOutLayout title={t("forgot.title")}>
      <div className="grid gap-4">
        <SignInLinkForm intro={t("forgot.intro")} />
        <p className="text-sm text-faint">{t("forgot.admin")}</p>
      </div>
    </SignedOutLayout>
  )
}
