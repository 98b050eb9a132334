// Texts that come with the incidents: the inbox has no need of them.
import { addTexts } from "../lib/language.tsx"

await addTexts({
  en: async () => ({
    ...(await import("#texts/en/incidents/find-and-change-many.ts")).incidentsAtOnce,
    ...(await import("#texts/en/incidents/import-and-status-mapping.ts")).importAndStatusMapping,
  }),
  es: async () => ({
    ...(await import("#texts/es/incidents/find-and-change-many.ts")).incidentsAtOnce,
    ...(await import("#texts/es/incidents/import-and-status-mapping.ts")).importAndStatusMapping,
  }),
})
