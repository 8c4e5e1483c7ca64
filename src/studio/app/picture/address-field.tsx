import { useState } from 'react';
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components';
import { useApp } from '../app-context.js';
import { addressIn } from './picture.js';

/** Takes the address of a picture, which the service fetches. */
export function AddressField() {
  const { openAddress } = useApp();
  const [text, setText] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <Form
      className="address"
      onSubmit={(event) => {
        event.preventDefault();
        const url = addressIn(text);
        setWrong(url === undefined);
        if (url !== undefined) openAddress(url);
      }}
    >
      <TextField
        className="address-field"
        value={text}
        onChange={(value) => {
          setText(value);
          setWrong(false);
        }}
        isInvalid={isWrong}
        validationBehavior="aria"
        inputMode="url"
      >
        <Label className="out-of-sight">Address of a picture</Label>
        <Input className="input" placeholder="Address, https://…" />
        <FieldError className="address-error">An address begins with https:// or http://.</FieldError>
      </TextField>
      <Button type="submit" className="button small">
        Fetch it
      </Button>
    </Form>
  );
}
