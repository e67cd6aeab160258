import { defineConfig } from "vite";

// The built page is committed beside the server and shipped in the wheel: names without hashes keep its history readable, and the server
// answers with an ETag instead.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../src/frenemy/views/server/assets",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    rollupOptions: {
      output: { entryFileNames: "app.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
