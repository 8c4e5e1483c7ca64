import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { apiKey } from '../service/api-key.js';
import { useSignal } from '../ui/use-signal.js';
import { KeyField } from './key-field.js';

/** Changes or forgets the key; there is nothing to see while there is none. */
export function KeyMenu() {
  if (useSignal(apiKey) === '') return null;
  return (
    <DialogTrigger>
      <Button className="button small">API key</Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal narrow">
          <Dialog className="dialog">
            {({ close }) => (
              <>
                <Heading slot="title">API key</Heading>
                <p className="quiet">It goes along with every request until this tab is closed.</p>
                <KeyField onKept={close} />
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
