// Whom a new ticket is for, as somebody typed it.
export interface PickedContact {
  name: string
  email: string
  phone: string
}

/** An address that stands where the name goes is taken for an address, unless there is one already. */
export function readContact({ name, email, phone }: PickedContact): PickedContact {
  const text = name.trim()
  if (email === "" && /^\S+@\S+$/.test(text)) return { name: "", email: text, phone }
  if (phone === "" && isLikePhone(text)) return { name: "", email, phone: text }
  return { name, email, phone }
}

const isLikePhone = (text: string) => /^[+\d\s().-]+$/.test(text) && text.replaceAll(/\D/g, "").length >= 7
