import type { Browser, Locator, Page } from 'playwright-core';

import { developmentOwner } from '../../../dev/n8n';

/** Milliseconds a person would wait for something to appear, on a slow machine. */
const patience = 30_000;

/** n8n's editor in a browser, used as a person uses it. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a window and logs in as the owner. */
	static async open(browser: Browser, url: string): Promise<Editor> {
		const context = await browser.newContext({
			viewport: { width: 1280, height: 800 },
			locale: 'en-US',
			timezoneId: 'UTC',
			colorScheme: 'light',
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(patience);
		const editor = new Editor(await context.newPage(), url);
		await editor.logIn();
		return editor;
	}

	/** Part of the page by the name n8n gives it for tests. */
	part(name: string, within: Page | Locator = this.page): Locator {
		return within.locator(`[data-test-id="${name}"]`);
	}

	/** Makes a workflow that starts by hand. */
	async newWorkflow(): Promise<void> {
		// Right after the first start n8n may still rearrange the page under the mouse; a person would begin again, too.
		for (let tries = 3; ; tries--) {
			try {
				await this.page.goto(`${this.url}/workflow/new`);
				await this.part('canvas-plus-button').click();
				await this.searchNode('Trigger manually');
				return await this.nodeNamed('Trigger manually').click({ timeout: patience / 3 });
			} catch (error) {
				if (tries === 1) throw error;
			}
		}
	}

	/** Opens the panel of nodes behind the last node, and searches. */
	async searchNextNode(text: string): Promise<void> {
		await this.part('canvas-handle-plus').click();
		await this.searchNode(text);
	}

	/** An entry of the panel of nodes by its exact name. */
	nodeNamed(name: string): Locator {
		return this.part('node-creator-item-name').getByText(name, { exact: true });
	}

	/** Adds "Twilio Extended" with one of its actions, which opens its form. */
	async addTwilio(action: string): Promise<void> {
		await this.searchNextNode('Twilio');
		await this.nodeNamed('Twilio Extended').click();
		await this.nodeNamed(action).click();
		await this.part('node-parameters').waitFor();
	}

	/** Chooses a credential of the node whose form is open. */
	async chooseCredential(name: string): Promise<void> {
		await this.part('node-credentials-select').click();
		await this.page.getByRole('option', { name }).click();
	}

	/** Opens a dropdown that the node fills from Twilio; its entries are `rlc-item`s. */
	async openList(parameter: string): Promise<void> {
		await this.part('rlc-input', this.part(`resource-locator-${parameter}`)).click();
		await this.part('rlc-item').first().waitFor();
	}

	/** Types into the search of the open dropdown and chooses the entry with this text. */
	async searchAndChoose(text: string, entry: string): Promise<void> {
		await this.part('rlc-search').fill(text);
		await this.part('rlc-item').filter({ hasText: entry }).click();
	}

	/** Fills a text field of the open form. */
	async fill(parameter: string, text: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).locator('input, textarea').fill(text);
	}

	/** Runs the node whose form is open and waits for its end. */
	async executeStep(outcome: 'success' | 'danger'): Promise<void> {
		await this.part('node-execute-button').click();
		await this.part(`node-run-status-${outcome}`).waitFor();
	}

	/** The output of the node whose form is open, with one line for each field. */
	async showOutputFields(): Promise<Locator> {
		const panel = this.part('output-panel');
		await this.part('radio-button-schema', panel).click();
		return this.part('run-data-schema-item', panel);
	}

	/** Opens the chosen credential's own form, where n8n tests it. */
	async openCredential(): Promise<Locator> {
		await this.part('credential-edit-button').click();
		return this.part('editCredential-modal');
	}

	/** Opens what a workflow did, in its list of executions. */
	async openExecution(workflowId: string, executionId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions/${executionId}`);
		await this.part('canvas-node').first().waitFor();
		// n8n's advice for workflows that are new in production covers the list.
		await this.page.keyboard.press('Escape');
	}

	/** Closes n8n's little notices, and takes the mouse away from what it points at. */
	async tidyUp(): Promise<void> {
		const notices = this.page.locator('.el-notification__closeBtn');
		while (await notices.count()) {
			await notices.first().click();
			await notices.first().waitFor({ state: 'detached' });
		}
		await this.page.mouse.move(0, 0);
	}

	private async logIn(): Promise<void> {
		await this.page.goto(`${this.url}/signin`);
		await this.page.getByLabel('Email').fill(developmentOwner.email);
		await this.page.getByLabel('Password').fill(developmentOwner.password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
		await this.page.waitForURL(/\/home\//);
	}

	private async searchNode(text: string): Promise<void> {
		await this.part('node-creator-search-bar').fill(text);
	}
}
