package org.postroom.store.engine;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// How the database is set up: STORAGE.md's measured choices, with memory for a small home. Off the
/// heap it takes the cache and up to four write buffers, about 130 MiB when busy.
final class RocksOptions implements AutoCloseable {

    private static final long MIB = 1 << 20;

    /// The cache is cut into two to the power of so many, and what is larger than such a part is not kept
    /// but read at each look: a table's filter, were it not cut into pieces itself.
    private static final int SHARDS = 3;

    /// A table of blobs holds their keys alone and is small; to put tables together moves the oldest blobs
    /// themselves, which is a sixth of the work of taking letters when it is done at each fourth table.
    private static final int FEW_TABLES = 16;

    private final Cache cache = new LRUCache(32 * MIB, SHARDS);
    private final BloomFilter bloom = new BloomFilter(10);
    private final ColumnFamilyOptions rows = family(16 * MIB);
    private final ColumnFamilyOptions blobs =
            family(32 * MIB)
                    .setEnableBlobFiles(true)
                    .setMinBlobSize(1024)
                    .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setEnableBlobGarbageCollection(true)
                    .setBlobGarbageCollectionAgeCutoff(0.25)
                    .setBlobGarbageCollectionForceThreshold(0.5)
                    .setLevel0FileNumCompactionTrigger(FEW_TABLES)
                    .setLevel0SlowdownWritesTrigger(2 * FEW_TABLES)
                    .setLevel0StopWritesTrigger(3 * FEW_TABLES);
    private final DBOptions database =
            new DBOptions()
                    .setCreateIfMissing(true)
                    .setCreateMissingColumnFamilies(true)
                    .setMaxTotalWalSize(64 * MIB) // bounds the start after a crash
                    .setManifestPreallocationSize(64 << 10)
                    .setMaxBackgroundJobs(2)
                    .setMaxOpenFiles(512)
                    .setBytesPerSync(MIB)
                    .setSkipStatsUpdateOnDbOpen(true)
                    .setAvoidUnnecessaryBlockingIO(true)
                    .setStatsDumpPeriodSec(0)
                    .setStatsPersistPeriodSec(0)
                    .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                    .setMaxLogFileSize(MIB)
                    .setKeepLogFileNum(2);

    private ColumnFamilyOptions family(long buffer) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(buffer)
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(cache)
                                .setBlockSize(16 << 10)
                                .setFilterPolicy(bloom)
                                .setPartitionFilters(true)
                                .setIndexType(IndexType.kTwoLevelIndexSearch)
                                .setCacheIndexAndFilterBlocks(true)
                                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                                .setPinTopLevelIndexAndFilter(true)
                                .setPinL0FilterAndIndexBlocksInCache(true));
    }

    DBOptions database() {
        return database;
    }

    List<ColumnFamilyDescriptor> families() {
        return List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, rows),
                new ColumnFamilyDescriptor("blob".getBytes(StandardCharsets.US_ASCII), blobs));
    }

    @Override
    public void close() {
        database.close();
        rows.close();
        blobs.close();
        bloom.close();
        cache.close();
    }
}
