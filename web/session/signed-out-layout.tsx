import type { ReactNode } from "react"
import { languages } from "#texts/languages-and-text-ids.ts"
import { loadLanguage, useTexts } from "../lib/language.tsx"
import { Logo } from "../ui/logo.tsx"

/** The plain frame of the screens before one is signed in. */
export function SignedOutLayout({ title, children }: { title: string; children: ReactNode }) {
  const { t, language } = useTexts()
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto p-4">
      <main className="my-auto w-full max-w-[380px] py-8">
        <div className="mb-6 flex items-center gap-3">
          <Logo size={36} />
          <h1 className="text-xl font-strong">{title}</h1>
        </div>
        <div className="rounded border border-line bg-surface p-5">{children}</div>
      </main>
      <nav aria-label={t("language.label")} className="flex gap-4 pb-2">
        {languages.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === language}
            className="min-h-8 px-1 text-sm text-muted aria-pressed:font-strong aria-pressed:text-ink"
            onClick={() => void loadLanguage(one)}
          >
            {t(`language.${one}`)}
          </button>
        ))}
      </nav>
    </div>
  )
}
