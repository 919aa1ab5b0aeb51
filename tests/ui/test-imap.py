#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An IMAP account in the window, driven by accessibility: the wizard, nested folders, mail that another program puts on the server and that appears
by itself, marking, moving and dragging, the folders' menus, working offline; the server is asked by a client of its own."""
import imaplib, os, re, ssl, sys, time
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__))]
import person
from person import Person

LETTER = b'From: Lucia <lucia@family.example>\r\nTo: ana@posthorn.test\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s@family.example>\r\n\r\n%s\r\n'


class OtherClient:
    """The person's other device"""

    def __init__(self, facts):
        self.facts = facts
        self.box = imaplib.IMAP4_SSL('localhost', facts['ports']['imaps'], ssl_context=ssl.create_default_context(cafile=facts['ca']))
        self.box.login('ana@posthorn.test', 'ana-pw')

    def put(self, folder, subject, text='Come home.'):
        date = time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime()).encode()
        words = subject.encode()
        status, answer = self.box.append(folder, None, None, LETTER % (words, date, words.lower().replace(b' ', b'.'), text.encode()))
        assert status == 'OK', answer

    def folders(self):
        return [re.search(rb' "?([^"]*)"?$', line).group(1).decode() for line in self.box.list()[1]]

    def flags(self, subject, folder='INBOX'):
        """Of the messages with that subject, as the server has them now"""
        if self.box.select(folder, readonly=True)[0] != 'OK':
            return []
        numbers = self.box.search(None, 'SUBJECT', '"%s"' % subject)[1][0].split()
        found = [self.box.fetch(n, '(FLAGS)')[1][0].decode() for n in numbers]
        self.box.close()
        return found

    def unseen(self, folder):
        return int(re.search(rb'UNSEEN (\d+)', self.box.status(folder, '(UNSEEN)')[1][0]).group(1))


class Imap(Person):
    name = 'imap'

    def __init__(self, *args):
        super().__init__(*args)
        self.server = OtherClient(self.facts)
        for name in ('Projects', 'Projects/Porto', 'Projects/Porto/Contracts', 'Projects/Taxes'):
            self.server.box.create(name)
        self.server.put('Junk', 'You have won', 'Click here.')
        for subject in ('Keys of the flat', 'Meter reading'):
            self.server.put('Projects/Porto', subject, 'They are under the mat.')

    def _offline(self):
        ui.act(ui.find(self.app, 'push button', 'Work Offline'))

    def _dialog_name(self, title, name, button):
        dialog = self._window(title)
        ui.set_text(ui.find(dialog, 'text', 'Name of the Folder'), name)
        self._shot('name')
        self._answer(dialog, button)
        self._no_window(title)

    def _name(self, name):
        """Into the field that stands in the folder's row"""
        ui.set_text(ui.find(ui.find(self.app, 'list', 'Folders'), None, 'Name of the Folder'), name)
        self._shot('name-in-place')
        ui.key('Return')

    # what a person does, in order

    def the_wizard_offers_imap_first(self):
        global ui
        ui = person.ui
        self._start()
        self.wizard = self._window('Add an Account')
        for name, value in (('Your Name', 'Ana Ruiz'), ('E-Mail Address', 'ana@posthorn.test'), ('Password', 'ana-pw')):
            ui.set_text(ui.find(self.wizard, 'text', name), value)
        ui.act(ui.find(self.wizard, 'push button', 'Next'))
        ui.find(self.wizard, 'label', 'Mail arrives through imap.posthorn.test, encrypted.')

    def the_wizard_tests_the_servers(self):
        ui.act(ui.find(self.wizard, 'push button', 'Change the Servers'))
        ports = self.facts['ports']
        for name, value in (('Server for Receiving', 'localhost'), ('Port for Receiving', str(ports['imaps'])), ('Server for Sending', 'localhost'), ('Port for Sending', str(self.facts['smtp_tls']))):
            ui.set_text(ui.find(self.wizard, 'text', name), value)
        ui.act(ui.find(self.wizard, 'push button', 'Next'))
        for _ in range(2):
            ui.act(ui.find(self.wizard, 'push button', 'Show Certificate'))
            self._answer(self._window('Certificate Refused'), 'Trust This Certificate')
            self._no_window('Certificate Refused')
        ui.find(self.wizard, 'label', 'Posthorn is receiving the mail of ana@posthorn.test.', 60)
        time.sleep(1)
        ui.act(ui.find(self.wizard, 'push button', 'Done'))
        self._no_window('Add an Account')

    def nested_folders_are_there(self):
        self._row('Quarterly figures, third quarter', 60)
        for name in ('Drafts', 'Sent', 'Junk', 'Deleted', 'Archive', 'Projects', 'Porto', 'Contracts'):
            self._folder(name)
        self._open('Porto')
        self._row('Keys of the flat')
        self._shot('folders')

    def new_mail_appears_by_itself(self):
        self._open('Inbox')
        self._row('Quarterly figures, third quarter')
        began = time.time()
        self.server.put('INBOX', 'Soup is ready')
        self._row('Soup is ready', 15)
        print('# it took %.1f s' % (time.time() - began))

    def a_message_read_here_is_read_at_the_server(self):
        ui.click_at(self._row('Soup is ready'), 'Posthorn')
        self._reads('Come home')
        ui.wait_for('read at the server', lambda: [f for f in self.server.flags('Soup is ready') if 'Seen' in f])

    def a_message_flagged_here_is_flagged_at_the_server(self):
        ui.key('ctrl+g')
        ui.wait_for('flagged at the server', lambda: [f for f in self.server.flags('Soup is ready') if 'Flagged' in f])

    def a_message_marked_elsewhere_is_marked_here(self):
        self.server.box.select('INBOX')
        number = self.server.box.search(None, 'SUBJECT', '"Soup is ready"')[1][0].split()[0]
        self.server.box.store(number, '-FLAGS', '(\\Seen)')
        self.server.box.close()
        row = lambda: [o for o in ui.walk(ui.find(self.app, 'tree table', 'Messages')) if o.get_role_name() == 'image' and 'Unread' in (o.get_name() or '')]
        ui.wait_for('unread here', row)

    def a_message_dragged_onto_a_folder_is_moved(self):
        ui.drag(self._row('Soup is ready'), self._folder('Contracts'), 'Posthorn')
        self._no_row('Soup is ready')
        ui.wait_for('moved at the server', lambda: self.server.flags('Soup is ready', 'Projects/Porto/Contracts') and not self.server.flags('Soup is ready'))
        self._shot('dragged')

    def the_move_is_undone_and_so_it_is_at_the_server(self):
        ui.key('ctrl+z')
        self._row('Soup is ready')
        ui.wait_for('back at the server', lambda: self.server.flags('Soup is ready') and not self.server.flags('Soup is ready', 'Projects/Porto/Contracts'))

    def a_message_dragged_with_control_is_copied(self):
        ui.drag(self._row('Soup is ready'), self._folder('Contracts'), 'Posthorn', 'ctrl')
        ui.wait_for('copied at the server', lambda: self.server.flags('Soup is ready', 'Projects/Porto/Contracts') and self.server.flags('Soup is ready'))
        self._row('Soup is ready')

    def a_folder_is_made_by_its_parents_menu(self):
        self._menu('Porto', 'New Folder…')
        self._dialog_name('New Folder in “Porto”', 'Bills', 'Create')
        self._folder('Bills')
        ui.wait_for('the folder at the server', lambda: 'Projects/Porto/Bills' in self.server.folders())

    def a_folder_of_a_name_that_is_taken_is_refused_in_words(self):
        self._menu('Porto', 'New Folder…')
        dialog = self._window('New Folder in “Porto”')
        ui.set_text(ui.find(dialog, 'text', 'Name of the Folder'), 'Bills')
        ui.act(ui.find(dialog, 'push button', 'Create'))
        ui.find(dialog, 'label', 'There is a folder of this name already.')
        self._shot('taken')
        self._answer(dialog, 'Cancel')
        self._no_window('New Folder in “Porto”')

    def a_folder_is_renamed_by_the_keyboard(self):
        self._open('Bills')
        ui.key('F2')
        self._name('Grüße & Rechnungen')
        self._folder('Grüße & Rechnungen')
        ui.wait_for('renamed at the server', lambda: 'Projects/Porto/Gr&APwA3w-e &- Rechnungen' in self.server.folders() and 'Projects/Porto/Bills' not in self.server.folders())

    def a_folder_is_deleted_after_a_question(self):
        self._menu('Grüße & Rechnungen', 'Delete…')
        dialog = ui.wait_for('the question', lambda: [w for w in ui.children(self.app) if ui.find_all(w, 'label', 'Delete the Folder “Grüße & Rechnungen”?')])[0]
        self._shot('delete')
        self._answer(dialog, 'Delete')
        self._no_folder('Grüße & Rechnungen')
        ui.wait_for('deleted at the server', lambda: not [f for f in self.server.folders() if 'Rechnungen' in f])

    def delete_in_the_tree_is_never_about_a_message(self):
        self._open('Inbox')
        ui.click_at(self._row('Soup is ready'), 'Posthorn')
        self._reads('Come home')
        self._open('Inbox')                 # has the keyboard now
        ui.key('Delete')
        time.sleep(2)
        assert self._rows('Soup is ready'), 'the message was deleted'

    def a_folder_is_marked_read_as_a_whole(self):
        assert self.server.unseen('Projects/Porto') == 2
        self._menu('Porto', 'Mark All Read')
        ui.wait_for('all read at the server', lambda: self.server.unseen('Projects/Porto') == 0)

    def properties_say_where_and_how_much(self):
        self._menu('Porto', 'Properties')
        dialog = self._window('Folder Properties')
        for words in ('Porto', 'Projects/Porto', '2', '0', 'On the server localhost', 'Room at the Server', 'is taken'):
            ui.find(dialog, 'label', words)
        self._shot('properties')
        time.sleep(1)
        ui.act(dialog, 'window.close')
        self._no_window('Folder Properties')

    def deleted_is_emptied_after_a_question(self):
        self._open('Inbox')
        ui.click_at(self._row('Soup is ready'), 'Posthorn')
        ui.key('Delete')
        self._no_row('Soup is ready')
        ui.wait_for('in Trash at the server', lambda: self.server.flags('Soup is ready', 'Trash'))
        self._menu('Deleted', 'Empty…')
        dialog = ui.wait_for('the question', lambda: [w for w in ui.children(self.app) if ui.find_all(w, 'label', 'Empty “Deleted”?')])[0]
        self._answer(dialog, 'Empty')
        ui.wait_for('gone at the server', lambda: not self.server.flags('Soup is ready', 'Trash'))
        time.sleep(1)

    def working_offline_says_so_and_nothing_comes_in(self):
        self._open('Inbox')
        self._offline()
        ui.find(self.app, 'label', 'Offline. What you do is kept and sent later.')
        self.server.put('INBOX', 'Soup is cold', 'Where are you?')
        time.sleep(3)
        assert not self._rows('Soup is cold'), 'mail came in while offline'
        self._shot('offline')

    def what_is_done_offline_is_seen_here_and_not_there(self):
        ui.click_at(self._row('Quarterly figures, third quarter'), 'Posthorn')
        self._reads('the figures for the third quarter')
        ui.key('ctrl+g')
        ui.drag(self._row('Quarterly figures, third quarter'), self._folder('Porto'), 'Posthorn')
        self._no_row('Quarterly figures, third quarter')
        self._menu('Projects', 'New Folder…')
        self._dialog_name('New Folder in “Projects”', 'Lisbon', 'Create')
        self._menu('Contracts', 'Rename')
        self._name('Papers')
        self._folder('Lisbon')
        self._folder('Papers')
        time.sleep(2)
        assert self.server.flags('Quarterly figures') and not [f for f in self.server.flags('Quarterly figures') if 'Flagged' in f], 'the server was told while offline'
        assert 'Projects/Lisbon' not in self.server.folders()

    def a_folder_is_emptied_offline(self):
        self._menu('Junk', 'Empty…')
        dialog = ui.wait_for('the question', lambda: [w for w in ui.children(self.app) if ui.find_all(w, 'label', 'Empty “Junk”?')])[0]
        self._answer(dialog, 'Empty')
        self._open('Junk')
        self._no_row('You have won')
        assert self.server.flags('You have won', 'Junk'), 'the server was told while offline'

    def a_folder_is_deleted_offline(self):
        self._menu('Taxes', 'Delete…')
        dialog = ui.wait_for('the question', lambda: [w for w in ui.children(self.app) if ui.find_all(w, 'label', 'Delete the Folder “Taxes”?')])[0]
        self._answer(dialog, 'Delete')
        self._no_folder('Taxes')
        assert 'Projects/Taxes' in self.server.folders(), 'the server was told while offline'

    def it_is_kept_over_a_restart_and_so_is_being_offline(self):
        self._stop()
        self._start()
        self._folder('Papers')
        self._no_folder('Taxes')
        ui.find(self.app, 'label', 'Offline. What you do is kept and sent later.')
        time.sleep(2)
        assert 'Projects/Lisbon' not in self.server.folders(), 'the server was told while offline'
        self._offline()

    def online_the_server_hears_all_of_it(self):
        self._open('Inbox')
        self._row('Soup is cold', 30)
        ui.wait_for('moved and flagged at the server', lambda: [f for f in self.server.flags('Quarterly figures', 'Projects/Porto') if 'Flagged' in f])
        assert not self.server.flags('Quarterly figures')
        ui.wait_for('folders at the server', lambda: {'Projects/Lisbon', 'Projects/Porto/Papers'} <= set(self.server.folders()))
        assert 'Projects/Porto/Contracts' not in self.server.folders()
        ui.wait_for('deleted at the server', lambda: 'Projects/Taxes' not in self.server.folders())
        ui.wait_for('emptied at the server', lambda: not self.server.flags('You have won', 'Junk'))

    def the_list_of_accounts_says_how_it_is(self):
        ui.find(self.app, 'push button', 'What Each Account Does')
        ui.act(ui.find_all(self.app, 'push button', 'What Each Account Does')[-1])  # the menu button is two in one
        time.sleep(1)
        accounts = ui.find(self.app, 'list', 'Accounts')
        ui.find(accounts, 'label', 'Up to date')
        self._shot('accounts')
        ui.act(ui.find(accounts, 'push button', 'Send and receive for'))
        ui.key('Escape')
        time.sleep(1)

    def a_server_that_is_gone_is_told_and_so_is_its_return(self):
        person.servers.break_down(self.facts['dir'])
        ui.key('F9')
        ui.wait_for('a sentence about it', lambda: [l for l in ui.find_all(self.app, 'label', 'ana@posthorn.test: ') if ui.has(l, 'VISIBLE')], 60)
        self._shot('problem')
        person.servers.come_back(self.facts['dir'])
        ui.key('F9')
        ui.wait_for('all is well', lambda: [l for l in ui.find_all(self.app, 'label', 'Up to date') if ui.has(l, 'VISIBLE')], 60)

    def it_ends_well(self):
        time.sleep(1)
        self._stop()


if __name__ == '__main__':
    person.play(Imap, sys.argv[1])
