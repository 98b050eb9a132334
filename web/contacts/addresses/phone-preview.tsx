import { useQuery } from "@tanstack/react-query"
import type { PhoneAnswer } from "#contacts/api-contract.ts"
import { get, queryString } from "../../lib/api-client.ts"
import { countryName } from "../../lib/formats/country-names-and-guessed-country.ts"
import { useTexts } from "../../lib/language.tsx"
import { useDebounced } from "../../ui/use-debounced.ts"

/** How a phone will be read, before it is saved: with its country, or that it cannot be read. */
export function PhonePreview({ text }: { text: string }) {
  const { t, language } = useTexts()
  const asked = useDebounced(text.trim())
  const isEnough = asked.replace(/\D/g, "").length >= 5
  const { data } = useQuery({
    queryKey: ["phones", asked],
    queryFn: ({ signal }) => get<PhoneAnswer>(`/phones${queryString({ text: asked })}`, signal),
    enabled: isEnough,
    staleTime: 60_000,
  })
  if (!isEnough || !data) return null
  const { home, read } = data
  const country = (code: string) => countryName(code, language)
  const said = read
    ? [read.display, read.country && country(read.country)].filter(Boolean).join(" · ")
    : home
      ? t("phone.unreadOf", { country: country(home) })
      : t("phone.unread")
  return (
    <p role="status" className="text-sm text-muted sm:col-span-2">
      {said}
    </p>
  )
}
