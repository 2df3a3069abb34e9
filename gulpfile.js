const { dest, src } = require('gulp');

const assets = ['icons/**/*.{svg,png}', 'nodes/**/*.{svg,png}', 'credentials/**/*.{svg,png}', 'nodes/**/*.node.json'];

/** Copies what n8n reads next to the compiled code: icons and codex files. */
function copyAssets() {
	// `encoding: false`: without it gulp 5 reads files as UTF-8 text and breaks PNGs.
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.default = copyAssets;
exports['build:icons'] = copyAssets;
