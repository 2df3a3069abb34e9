import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { withGeneratedTables } from './generatedTables';

const file = path.resolve(__dirname, '../../README.md');
writeFileSync(file, withGeneratedTables(readFileSync(file, 'utf8')));
