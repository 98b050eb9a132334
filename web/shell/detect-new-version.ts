// A tab that outlives a new build asks for code that the server has no more. Then the screen says so, and loads the new version.
import { createSharedState } from "../lib/shared-state.ts"

const isThere = createSharedState(false)
export const useNewVersion = isThere.use

/** Once, for the whole page. */
export function watchForNewVersion() {
  addEventListener("vite:preloadError", () => void lookForNewVersion())
}

/** Whether there is one. */
export async function lookForNewVersion(): Promise<boolean> {
  if (await isOtherBuild()) isThere.set(true)
  return isThere.get()
}

/** Does the page that the server sends now begin with other code? Not when there is no server to ask. */
async function isOtherBuild(): Promise<boolean> {
  const own = document.querySelector("script[type=module][src]")?.getAttribute("src")
  try {
    const page = await fetch("/", { cache: "no-store" })
    return page.ok && own !== null && own !== undefined && !(await page.text()).includes(own)
  } catch {
    return false
  }
}
