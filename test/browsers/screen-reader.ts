// What a screen reader has of a page: Chromium's accessibility tree, and what is announced while the focus stays.
import type { Page } from "playwright-core"
import { en } from "#texts/en.ts"

/** Before the page is opened: it notes from its beginning what is announced. */
export async function openScreenReader(page: Page) {
  await page.addInitScript(noteAnnouncements)
  const devTools = await page.context().newCDPSession(page)
  const readTree = async () => {
    const { nodes } = await devTools.send("Accessibility.getFullAXTree")
    return nodes.flatMap((node) =>
      node.ignored
        ? []
        : [
            {
              role: String(node.role?.value),
              name: String(node.name?.value ?? "").trim(),
              isFocused:
                node.properties?.some(({ name, value }) => name === "focused" && value.value === true) ?? false,
            },
          ],
    )
  }
  return {
    /** What has the focus: `button "Send"`. */
    focus: async () => {
      const node = (await readTree()).findLast(({ isFocused }) => isFocused)
      return node ? `${node.role} "${node.name}"` : "nothing"
    },
    /** What was announced since this was asked last. */
    heard: () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0)),
    /** Controls without a name, ids where a name should be, and texts that were never looked up. */
    faults: async () => [...new Set((await readTree()).flatMap(faultOf))],
  }
}

const named = new Set(
  "button link textbox searchbox combobox checkbox radio switch slider spinbutton tab menuitem menuitemradio menuitemcheckbox option dialog alertdialog region image listbox menu tablist".split(
    " ",
  ),
)
const id = /\b[a-z]{3,4}_[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-/i

function faultOf({ role, name }: { role: string; name: string }): string[] {
  if (named.has(role) && name === "") return [`a ${role} without a name`]
  if (id.test(name)) return [`an id: ${role} "${name}"`]
  return Object.hasOwn(en, name) || /\{\w+\}/.test(name) ? [`no words: ${role} "${name}"`] : []
}

/** What is added to a live region, or all of it where it is read as a whole; what goes is not announced. */
function noteAnnouncements() {
  const heard: string[] = []
  Object.assign(window, { heard })
  const wordsIn = (node: Node) => {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT)
    const words = node instanceof Text ? [node.data] : []
    while (texts.nextNode()) words.push(texts.currentNode.nodeValue ?? "")
    return words
      .map((text) => text.trim())
      .filter(Boolean)
      .join(" ")
  }
  const note = (node: Node) => {
    const element = node instanceof Element ? node : node.parentElement
    const region = element?.closest("[role=status], [role=alert], [aria-live]")
    if (!region || region.closest("[aria-hidden=true]")) return
    const text = wordsIn(region.getAttribute("aria-atomic") === "false" ? node : region)
    if (text && text !== heard.at(-1)) heard.push(text)
  }
  const noteChange = ({ type, target, addedNodes }: MutationRecord) =>
    type === "characterData" ? note(target) : addedNodes.forEach(note)
  new MutationObserver((changes) => changes.forEach(noteChange)).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
  })
}
