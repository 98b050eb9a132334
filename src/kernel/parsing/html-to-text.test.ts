import assert from "node:assert/strict"
import { test } from "node:test"
import { htmlToText } from "./html-to-text.ts"

test("HTML becomes what its reader saw", () => {
  const cases: [html: string, text: string][] = [
    ["plain", "plain"],
    ["a &lt;b&gt; &amp; c&nbsp;d &#241; &#xF1;", "a <b> & c d ñ ñ"],
    ["Se&ntilde;al d&eacute;bil &iquest;hoy&quest; 5 &euro; &mdash; &copy;", "Señal débil ¿hoy? 5 € — ©"],
    ["<p>one</p><p>two<br/>three</p>", "one\n\ntwo\nthree"],
    ["<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"],
    ["<table><tr><td>a</td><td>b</td></tr><tr><th>c<th>d</tr></table>", "a b\n\nc d"],
    ["<pre>a\n  b</pre> c\nd", "a\nb\nc d"],
    ["<style>p{}</style>x<script>alert('<p>')</script>y<!-- z -->", "xy"],
    ["<head><title>t</title><style>s</style></head><body>x", "x"],
    ["<head><title>t</title><p>never closed", "never closed"],
    ["<template>a<b>b</b></template>c</template>d", "cd"],
    ["2 < 3 and <unknown>4", "2 < 3 and 4"],
    ["<script>never closed", ""],
    ["<p title='>'>a</p><!-- > -->b<p title=\"<b>\">c", "a\nb\nc"],
    ["&#0;&#xD800;&#x110000;", "\uFFFD\uFFFD\uFFFD"],
  ]
  for (const [html, text] of cases) assert.equal(htmlToText(html), text, html)
})

test("where a link leads stands behind its words, unless they say so", () => {
  const cases: [html: string, text: string][] = [
    [`<a href="https://example.com/a?b=1&amp;c=2">here</a>.`, "here (https://example.com/a?b=1&c=2)."],
    [`<A HREF='https://example.com/' target=x>example.com</A>`, "example.com"],
    [`<a href="mailto:ana@example.com?subject=x">Ana</a>`, "Ana (ana@example.com)"],
    [`<a href="javascript:alert(1)">a</a><a href="#top">b</a><a>c</a>`, "abc"],
    [`<a href="https://example.com"><img src="x" href="https://other.example"></a>`, ""],
    [`<a href="https://one.example" href="https://two.example">a</a>`, "a (https://one.example)"],
    [`<a href="https://one.example">a <a href="https://two.example">b</a> c</a>`, "a b (https://two.example) c"],
    [`<a href="https://example.com/${"x".repeat(3_000)}">long</a>`, "long"],
    [`<a href="mailto:${"a".repeat(1_000_000)}?\nx">k</a>`, "k"],
    [`<a href="mailto:ana@example.com?subject=a\nb">Ana</a>`, "Ana (ana@example.com)"],
  ]
  for (const [html, text] of cases) assert.equal(htmlToText(html), text, html)
})
