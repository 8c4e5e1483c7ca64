import { useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { apiKey } from '../service/api-key.js';
import { changeApiKey } from '../service/service.js';
import { useSignal } from '../ui/use-signal.js';
import './key.css';

/** Takes a key and sends it with every request from now on. @param onKept told after each change */
export function KeyField({ onKept }: { readonly onKept?: () => void }) {
  const kept = useSignal(apiKey);
  const [typed, setTyped] = useState('');
  const keep = (key: string): void => {
    changeApiKey(key);
    setTyped('');
    onKept?.();
  };
  return (
    <form
      className="key"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') keep(typed.trim());
      }}
    >
      <TextField value={typed} onChange={setTyped} type="password" autoComplete="off">
        <Label>API key</Label>
        <Input className="input" />
      </TextField>
      <Button className="button primary small" type="submit">
        {kept === '' ? 'Use key' : 'Change key'}
      </Button>
      {kept !== '' && (
        <Button className="button small" onPress={() => keep('')}>
          Forget key
        </Button>
      )}
    </form>
  );
}
