import { useId, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { apiKey } from '../service/api-key.js';
import { changeApiKey } from '../service/service.js';
import { useSignal } from '../ui/use-signal.js';
import './key.css';

/** Whatever else there were could not be sent: HTTP headers have no place for it. */
const KEY = /^[\w-]+$/;

/** Takes a key and sends it with every request from now on. @param onKept told after each change */
export function KeyField({ onKept }: { readonly onKept?: () => void }) {
  const kept = useSignal(apiKey);
  const [typed, setTyped] = useState('');
  const [isRefused, setRefused] = useState(false);
  const fault = useId();
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
        const key = typed.trim();
        if (KEY.test(key)) keep(key);
        else setRefused(key !== '');
      }}
    >
      <TextField
        value={typed}
        onChange={(text) => {
          setTyped(text);
          setRefused(false);
        }}
        type="password"
        autoComplete="off"
        isInvalid={isRefused}
        validationBehavior="aria"
        {...(isRefused && { 'aria-describedby': fault })}
      >
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
      {isRefused && (
        <p id={fault} className="key-fault" role="alert">
          A key has only letters, digits, - and _.
        </p>
      )}
    </form>
  );
}
