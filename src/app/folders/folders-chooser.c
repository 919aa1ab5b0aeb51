/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for one of all folders: some letters of its name, of the folders it is in or of its account, and Enter. */
#include "folders-chooser.h"

#include "base-config.h"
#include "folders-choice.h"
#include "folders-recent.h"
#include "mail-words.h"
#include "messages-scroll.h"

#include <string.h>

/* Deeper ones are not offered: a damaged table may go round in circles. */
#define MAX_DEPTH 64

/* Rows that Page Up and Page Down go over */
#define PAGE 8

struct _FoldersChooser
{
  AdwWindow parent_instance;

  ModelFolderTree *tree;
  GPtrArray *choices;   /* of FoldersChoice: all there are */

  /* the template's */
  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListView *list;
  GtkSingleSelection *selection;
  GListStore *shown;
  GtkButton *accept_button;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FoldersChooser, folders_chooser, ADW_TYPE_WINDOW)

typedef struct
{
  FoldersChoice *choice;
  guint score;
} Hit;

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *one = a, *other = b;

  return (one->score > other->score) - (one->score < other->score);
}

static void
show_choices (FoldersChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GString) typed = g_string_new (NULL);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  mail_words_fold (typed, text, strlen (text));
  for (guint i = 0; i < self->choices->len; i++)
    {
      Hit hit = { self->choices->pdata[i], folders_choice_score (self->choices->pdata[i], typed->str) };

      if (hit.score != G_MAXUINT)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (sorted, g_array_index (hits, Hit, i).choice);
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)), sorted->pdata, sorted->len);
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_stack_set_visible_child_name (self->stack, sorted->len > 0 ? "folders" : "none");
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), sorted->len > 0);
  if (sorted->len > 0)
    messages_scroll_to (GTK_WIDGET (self->list), 0);
}

static void
on_accepted (FoldersChooser *self)
{
  FoldersChoice *choice = gtk_single_selection_get_selected_item (self->selection);

  if (!choice)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, folders_choice_get_folder (choice));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_activated (FoldersChooser *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  on_accepted (self);
}

/* The keyboard stays in the entry: what is typed next narrows further. */
static void
step (FoldersChooser *self, int by)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  int position = (int) gtk_single_selection_get_selected (self->selection);

  if (!n)
    return;
  position = CLAMP (position + by, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) position);
  messages_scroll_to (GTK_WIDGET (self->list), (guint) position);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, FoldersChooser *self)
{
  if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      step (self, PAGE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      step (self, -PAGE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_stopped (FoldersChooser *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
folders_chooser_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (folders_chooser_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (FOLDERS_CHOOSER (widget)->entry));
}

static void
folders_chooser_dispose (GObject *object)
{
  FoldersChooser *self = FOLDERS_CHOOSER (object);

  g_clear_object (&self->tree);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOLDERS_TYPE_CHOOSER);
  G_OBJECT_CLASS (folders_chooser_parent_class)->dispose (object);
}

static void
folders_chooser_class_init (FoldersChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = folders_chooser_dispose;
  widget_class->map = folders_chooser_map;
  signals[CHOSEN] = g_signal_new ("chosen", FOLDERS_TYPE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, MODEL_TYPE_FOLDER);

  g_type_ensure (FOLDERS_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/folders/folders-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, FoldersChooser, entry);
  gtk_widget_class_bind_template_child (widget_class, FoldersChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, FoldersChooser, list);
  gtk_widget_class_bind_template_child (widget_class, FoldersChooser, selection);
  gtk_widget_class_bind_template_child (widget_class, FoldersChooser, shown);
  gtk_widget_class_bind_template_child (widget_class, FoldersChooser, accept_button);
  gtk_widget_class_bind_template_callback (widget_class, show_choices);
  gtk_widget_class_bind_template_callback (widget_class, on_accepted);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_stopped);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
folders_chooser_init (FoldersChooser *self)
{
  self->choices = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
folders_chooser_can_get_mail (ModelFolder *folder, gpointer data)
{
  return model_folder_get_kind (folder) == MODEL_FOLDER_MAILBOX && model_folder_get_role (folder) != MAIL_ROLE_OUTBOX;
}

/* More than any account has folders */
#define OTHERS 100000

static guint
find_rank (const FoldersOffer *offer, GArray *recent, ModelFolder *folder, guint otherwise)
{
  gint64 id = model_folder_get_id (folder);
  gboolean is_near = !offer->here || model_folder_get_account_id (offer->here) == model_folder_get_account_id (folder);

  for (guint i = 0; id && i < recent->len; i++)
    if (g_array_index (recent, gint64, i) == id)
      return i;
  return recent->len + otherwise + (is_near ? 0 : OTHERS);
}

static void
collect (FoldersChooser *self, GListModel *rows, guint depth, const FoldersOffer *offer, GArray *recent)
{
  for (guint i = 0; depth < MAX_DEPTH && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ModelFolder) row = g_list_model_get_item (rows, i);
      ModelFolderKind kind = model_folder_get_kind (row);

      if (kind == MODEL_FOLDER_VIEWS || kind == MODEL_FOLDER_FAVOURITES)
        continue; /* whose folders stand in their own places too */
      if (offer->is_offered (row, offer->data))
        g_ptr_array_add (self->choices, folders_choice_new (self->tree, row, find_rank (offer, recent, row, self->choices->len)));
      collect (self, model_folder_get_children (row), depth + 1, offer, recent);
    }
}

FoldersChooser *
folders_chooser_new (GtkWindow *parent, const char *title, const char *button, ModelFolderTree *tree, const FoldersOffer *offer)
{
  FoldersChooser *self = g_object_new (FOLDERS_TYPE_CHOOSER, "transient-for", parent, "destroy-with-parent", TRUE, "title", title, NULL);
  g_autoptr (GArray) recent = offer->state ? folders_recent_list (offer->state) : g_array_new (FALSE, FALSE, sizeof (gint64));

  self->tree = g_object_ref (tree);
  gtk_button_set_label (self->accept_button, button);
  collect (self, G_LIST_MODEL (tree), 0, offer, recent);
  show_choices (self);
  return self;
}
