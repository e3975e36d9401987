package dev.patronioperator.testkit;

import java.net.HttpURLConnection;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.awaitility.Awaitility;

/**
 * Edits of objects that others write as well.
 *
 * <p>An edit of the client is bound to the version that it has read, so that nothing of another writer gets lost. Whoever edits an
 * object beside an operator or a kubelet reads it again if one of them was faster.
 */
public final class NewestVersion {

    private NewestVersion() {}

    public static <T> void edit(Resource<T> object, UnaryOperator<T> change) {
        Awaitility.await("an edit that no other write comes before")
                .ignoreExceptionsMatching(NewestVersion::isConflict)
                .until(() -> object.edit(change) != null);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof KubernetesClientException refused
                && refused.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }
}
