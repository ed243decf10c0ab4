// Draws every label of a ZPL file: zpl.cjs FILE PREFIX WIDTH_MM HEIGHT_MM DOTS_PER_MM
const fs = require('fs')
const { ready } = require('zpl-renderer-js')

const [file, prefix, ...numbers] = process.argv.slice(2)
ready.then(async ({ api }) => {
  const labels = await api.zplToBase64MultipleAsync(fs.readFileSync(file, 'utf8'), ...numbers.map(Number))
  labels.forEach((label, at) => fs.writeFileSync(`${prefix}-${at}.png`, Buffer.from(label, 'base64')))
  process.exit(0)
})
