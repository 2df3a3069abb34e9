/** Sets an entry and makes it the map's last; of more than `max`, those that were set longest ago are dropped. */
export function setLatest<K, V>(map: Map<K, V>, key: K, value: V, max: number): void {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= max) return;
		map.delete(oldest);
	}
}
