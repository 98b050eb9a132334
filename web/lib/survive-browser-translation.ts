// Browsers that translate a page put <font> elements where its texts were. React keeps the texts that it made, and would change
// them where nobody sees it, or fail to remove what is no longer there. Here each text remembers what stands for it.
const standIns = new WeakMap<Node, Node>()

/** Once, before anything is drawn. */
export function surviveTranslation() {
  const changed = new MutationObserver((records) => records.forEach(({ target }) => comeBack(target)))
  new MutationObserver((records) => {
    for (const record of records)
      for (const gone of record.removedNodes) {
        const font = gone instanceof Text && !gone.isConnected ? fontIn(record) : undefined
        if (!font) continue
        standIns.set(gone, font)
        changed.observe(gone, { characterData: true })
      }
  }).observe(document, { subtree: true, childList: true })
  tolerateMissingNode()
}

const isFont = (node: Node | null | undefined): node is Node => node?.nodeName === "FONT"

const fontIn = ({ addedNodes, previousSibling, nextSibling }: MutationRecord) =>
  [...addedNodes, previousSibling, nextSibling].find(isFont)

/** The text says something new: it takes its place again, to be translated anew. */
function comeBack(text: Node) {
  const font = standIns.get(text)
  if (!text.isConnected) font?.parentNode?.replaceChild(text, font)
}

function tolerateMissingNode() {
  const { removeChild, insertBefore } = Node.prototype
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    const there = placeOf(child, this)
    if (there) removeChild.call(this, there)
    return child
  }
  Node.prototype.insertBefore = function <T extends Node>(this: Node, added: T, before: Node | null): T {
    insertBefore.call(this, added, before && placeOf(before, this))
    return added
  }
}

/** The child of `parent` that `node` is, is in, or is stood for by. */
function placeOf(node: Node, parent: Node): Node | null {
  let one: Node | null = parent.contains(node) ? node : (standIns.get(node) ?? null)
  while (one && one.parentNode !== parent) one = one.parentNode
  return one
}
