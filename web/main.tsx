import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { RouterProvider } from "@tanstack/react-router"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { Problem } from "./lib/api-client.ts"
import { ignoreKeysDuringComposition } from "./lib/keyboard/ime-composition.ts"
import { restoreLostFocus } from "./lib/restore-focus.ts"
import { initialLanguage, loadLanguage, LanguageProvider } from "./lib/language.tsx"
import { watchForNewVersion } from "./shell/detect-new-version.ts"
import { surviveTranslation } from "./lib/survive-browser-translation.ts"
import { watchVisibleHeight } from "./lib/visible-height.ts"
import { router } from "./routes.tsx"
import { syncOutboxAcrossTabs } from "./tickets/messages/outbox.ts"
import { Toasts } from "./ui/toast.tsx"
import { TooltipProvider } from "./ui/tooltip.tsx"
import "./app.css"

// A refusal stays a refusal; only what may pass by itself is tried again.
const mayPass = (error: unknown) => error instanceof Problem && (error.status === 0 || error.status >= 502)

// The session ran out: the way to the sign-in and back again begins with knowing it.
const onError = (error: unknown) => {
  if (error instanceof Problem && error.code === "unauthenticated")
    void client.invalidateQueries({ queryKey: ["session"] })
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: { staleTime: 5_000, networkMode: "always", retry: (count, error) => mayPass(error) && count < 3 },
    mutations: { networkMode: "always" },
  },
})

surviveTranslation()
ignoreKeysDuringComposition()
restoreLostFocus()
watchVisibleHeight()
syncOutboxAcrossTabs()
watchForNewVersion()

const root = document.getElementById("root")
if (!root) throw new Error("the page has no root")
await loadLanguage(initialLanguage())
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <TooltipProvider delayDuration={400}>
          <RouterProvider router={router} />
          <Toasts />
        </TooltipProvider>
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
)
