import { useTexts } from "../lib/language.tsx"
import type { Agreement } from "./agreement-queries.ts"
import { nextStepOf } from "./next-step.ts"

/** What an agreement is about, in words. */
export function useAgreementTexts() {
  const { t } = useTexts()
  const operator = ({ operator: one }: Agreement) =>
    one && (one.name ?? t("agreement.operatorNumber", { number: one.number }))
  return {
    operator: (agreement: Agreement) => operator(agreement) ?? t("agreement.nobody"),
    nextStep: (agreement: Agreement, now: number, isShadow: boolean) =>
      t(`agreement.todo.${nextStepOf(agreement, now, isShadow)}`, {
        operator: operator(agreement) ?? t("agreement.somebody"),
      }),
    /** Its name is known in small letters only. */
    business: (name: string) =>
      name.replaceAll(/(?<=^|\s)\p{L}/gu, (letter) => letter.toUpperCase()) || t("agreement.noBusiness"),
  }
}
