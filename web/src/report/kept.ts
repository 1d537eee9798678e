/** What survives a reload of the page: the form in the tab's own memory, the photo in the browser's database. */

import { DRAFT } from "../shared/memory";

const { form: FORM, database: DATABASE } = DRAFT;
const PHOTOS = "photos";
const ONE = "photo";

export function keptForm(): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(FORM) ?? "null");
  } catch {
    return null;
  }
}

export function keepForm(form: unknown): void {
  try {
    sessionStorage.setItem(FORM, JSON.stringify(form));
  } catch {
    // Storage is full or forbidden: the form holds until the page is left.
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(PHOTOS);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const database = await opened();
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = database.transaction(PHOTOS, mode);
        const asked = ask(transaction.objectStore(PHOTOS));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  } catch {
    return null; // No database here: the photo holds until the page is left.
  }
}

export async function keptPhoto(): Promise<Blob | null> {
  const found: unknown = await within("readonly", (store) => store.get(ONE));
  return found instanceof Blob ? found : null;
}

export async function keepPhoto(photo: Blob | null): Promise<void> {
  if (photo) await within("readwrite", (store) => store.put(photo, ONE));
  else await within("readwrite", (store) => store.delete(ONE));
}
